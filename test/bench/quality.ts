import type { Plane } from '#core/image/plane.ts'
import { measureLaplacianVariance } from '#core/quality/laplacian-variance.ts'
import { measureQuality, type MetricName } from '#core/quality/metrics.ts'
import { drawNucleiField } from '../support/nuclei-field.ts'
import { runPeer } from './run-peer.ts'

// Quality metrics, Parfocal's beside CellProfiler's formulas in numpy and scipy and OpenCV's Laplacian, each on one
// core, on one plane in one run: node test/bench/quality.ts
// PYTHON names the interpreter that has numpy, scipy and OpenCV, if it is not python3.
// Prints JSON: seconds (medians) of both, ratios, and the largest relative difference of the metrics both compute.

const SIDE = 2160
const REPEATS = 9
const PEER_REPEATS = 3

interface Peer {
  readonly seconds: { readonly all: number; readonly laplacian: number }
  readonly values: Readonly<Partial<Record<MetricName, number>>>
}

function medianSeconds(run: () => void): number {
  const seconds = Array.from({ length: REPEATS }, () => {
    const start = performance.now()
    run()
    return (performance.now() - start) / 1000
  })
  return seconds.sort((a, b) => a - b)[REPEATS >> 1]!
}

function timePeer({ width, height, pixels }: Plane): Peer {
  return runPeer('quality.py', [pixels], ([path]) => [width, height, path!, PEER_REPEATS]) as Peer
}

const plane = drawNucleiField({ width: SIDE, height: SIDE, nuclei: 1200, radius: 14 })
const laplacian = medianSeconds(() => measureLaplacianVariance(plane))
const all = medianSeconds(() => measureQuality.run(plane, measureQuality.defaults))
const metrics = measureQuality.run(plane, measureQuality.defaults)
const peer = timePeer(plane)
const difference = Object.entries(peer.values).map(
  ([name, value]) => Math.abs(metrics[name as MetricName]! - value) / Math.abs(value),
)
console.log(
  JSON.stringify(
    {
      parfocal: { all, laplacian },
      peers: peer.seconds,
      ratios: { all: peer.seconds.all / all, laplacian: peer.seconds.laplacian / laplacian },
      largestDifference: Math.max(...difference),
    },
    null,
    2,
  ),
)
