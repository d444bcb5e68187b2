import { useEffect } from 'react'
import { faultText } from '#core/fault-text.ts'
import { countText } from '../../lib/count-text.ts'
import type { PixelSource } from '../../lib/pixels.ts'
import { Panel } from '../../ui/panel.tsx'
import type { WellFields } from './plate-state.ts'
import css from './plate-view.module.css'
import { FieldList } from './well-panel.tsx'

interface LooseImagesProps {
  readonly name: string
  readonly fields: WellFields | undefined
  /** How many there are by now: they are read again when there are more. */
  readonly count: number
  readonly onRead: () => void
  readonly pixels: PixelSource
}

/** Images that belong to no well: a list, as there is no plate to draw. */
export function LooseImages({ name, fields, count, onRead, pixels }: LooseImagesProps) {
  useEffect(onRead, [count, onRead])
  return (
    <div className={css['loose']}>
      <Panel title={`${name}: ${countText(count, 'image')} without a well`}>
        {fields?.status === 'failed' ? <p role="alert">{faultText(fields.fault)}</p> : null}
        {fields?.status === 'known' ? <FieldList fields={fields.fields} pixels={pixels} /> : null}
      </Panel>
    </div>
  )
}
