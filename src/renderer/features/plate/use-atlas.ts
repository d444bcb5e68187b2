import { useEffect, useMemo, useState } from 'react'
import type { PlateId } from '#core/brand.ts'
import type { Fault } from '#core/fault.ts'
import { greyImage } from '../../lib/grey.ts'
import type { PixelSource, Samples } from '../../lib/pixels.ts'
import { atlasContrast, atlasWells } from './atlas.ts'
import type { Atlas } from './well-fill.ts'

export interface AtlasWanted {
  readonly plateId: PlateId
  readonly channel: string
  readonly size: number
  /** Changes when pictures are out of date. */
  readonly moment: string
}

export interface AtlasState {
  /** The last that came, while a newer one is on its way. */
  readonly atlas: Atlas | null
  readonly fault: Fault | null
}

interface Fetched {
  readonly samples: Samples
  readonly size: number
  readonly key: string
}

/** Before thumbnails that were still to be made are asked for again. */
const AGAIN_MS = 2000

/** The thumbnails of a plate as one picture: one fetch for all wells. */
export function useAtlas(
  pixels: PixelSource,
  wanted: AtlasWanted | null,
  lowPercent: number,
  highPercent: number,
): AtlasState {
  const [fetched, setFetched] = useState<Fetched | null>(null)
  const [fault, setFault] = useState<Fault | null>(null)
  const [again, setAgain] = useState(0)
  const plateId = wanted?.plateId ?? null
  const channel = wanted?.channel ?? ''
  const size = wanted?.size ?? 0
  const moment = wanted === null ? '' : `${wanted.moment}-${again}`
  const key = `${plateId}/${channel}`

  useEffect(() => {
    if (plateId === null) return
    const abort = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    void pixels
      .samples({ kind: 'atlas', plateId, channel, size, moment }, abort.signal)
      .then(reply => {
        if (abort.signal.aborted) return
        setFault(reply.ok ? null : reply.fault)
        if (!reply.ok) return
        setFetched({ samples: reply.value, size, key: `${plateId}/${channel}` })
        if ((reply.value.missing ?? 0) > 0) {
          timer = setTimeout(() => setAgain(count => count + 1), AGAIN_MS)
        }
      })
      .catch((cause: unknown) => {
        if (!abort.signal.aborted) throw cause
      })
    return () => {
      abort.abort()
      clearTimeout(timer)
    }
  }, [pixels, plateId, channel, size, moment])

  const atlas = useMemo(() => {
    if (fetched === null || plateId === null || fetched.key !== key) return null
    return pictureOf(fetched, lowPercent, highPercent)
  }, [fetched, plateId, key, lowPercent, highPercent])
  return { atlas, fault }
}

function pictureOf({ samples, size }: Fetched, low: number, high: number): Atlas | null {
  const contrast = atlasContrast(samples, low, high)
  if (contrast === null) return null
  const picture = document.createElement('canvas')
  picture.width = samples.width
  picture.height = samples.height
  picture.getContext('2d')!.putImageData(greyImage(samples, contrast), 0, 0)
  return { ...atlasWells(samples, size), picture }
}
