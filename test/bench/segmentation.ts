import { segmentNuclei } from '#core/derive/nuclei.ts'
import type { Plane } from '#core/image/plane.ts'
import { measureObjects } from '#core/measure/objects.ts'
import { drawNucleiField } from '../support/nuclei-field.ts'
import { runPeer } from './run-peer.ts'

// Nuclei and their measures, Parfocal beside scikit-image and scipy, on one plane in one run:
// node test/bench/segmentation.ts
// PYTHON names the interpreter that has scikit-image, if it is not python3.
// Prints JSON: seconds (medians) of both, objects found, the ratio of times, Parfocal's memory.

const SIDE = 2160
const REPEATS = 5
const PEER_REPEATS = 3

interface Timing {
  readonly segmentSeconds: number
  readonly measureSeconds: number
  readonly objects: number
}

function timeOurs(plane: Plane): Timing {
  const segmenting: number[] = []
  const measuring: number[] = []
  let objects = 0
  for (let i = 0; i < REPEATS; i += 1) {
    const start = performance.now()
    const { labels } = segmentNuclei.run(plane, segmentNuclei.defaults)
    const segmented = performance.now()
    const channels = [{ name: 'DNA', plane }]
    objects = measureObjects.run({ labels, channels }, measureObjects.defaults).count
    measuring.push((performance.now() - segmented) / 1000)
    segmenting.push((segmented - start) / 1000)
  }
  return { segmentSeconds: median(segmenting), measureSeconds: median(measuring), objects }
}

function timePeer({ pixels }: Plane): Timing {
  return runPeer('segmentation.py', [pixels], ([path]) => [
    SIDE,
    SIDE,
    path!,
    PEER_REPEATS,
  ]) as Timing
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!
}

const seconds = (timing: Timing): number => timing.segmentSeconds + timing.measureSeconds

const plane = drawNucleiField({ width: SIDE, height: SIDE, nuclei: 2500, radius: 14 })
const parfocal = timeOurs(plane)
const megabytes = Math.round(process.resourceUsage().maxRSS / 1024)
const scikitImage = timePeer(plane)
const ratio = seconds(scikitImage) / seconds(parfocal)
console.log(JSON.stringify({ parfocal, scikitImage, ratio, megabytes }, null, 2))
