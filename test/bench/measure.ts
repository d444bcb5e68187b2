import type { Labels } from '#core/image/labels.ts'
import type { Plane } from '#core/image/plane.ts'
import { measureObjects } from '#core/measure/objects.ts'
import { runPeer } from './run-peer.ts'

// Measures of objects, Parfocal beside scikit-image, on one field in one run: node test/bench/measure.ts
// PYTHON names the interpreter that has scikit-image, if it is not python3.
// Prints JSON: seconds (medians) of both, their ratio, and sums that show both measured the same.

const SIDE = 2160
const OBJECTS = 2000
const CHANNELS = 4
const REPEATS = 9
const PEER_REPEATS = 3

/** The same numbers between 0 and 1 on every run (Park and Miller 1988). */
function* numbers(): Generator<number, never> {
  let state = 2024
  while (true) {
    state = (state * 48271) % 2147483647
    yield state / 2147483647
  }
}

const random = numbers()

/** Ellipses of 25 to 60 pixels across, not overlapping because each has a cell of a grid to itself. */
function drawLabels(): Labels {
  const pixels = new Uint32Array(SIDE * SIDE)
  const perRow = Math.ceil(Math.sqrt(OBJECTS))
  const pitch = SIDE / perRow
  for (let i = 0; i < OBJECTS; i += 1) {
    const x0 = ((i % perRow) + 0.5) * pitch
    const y0 = (Math.floor(i / perRow) + 0.5) * pitch
    const a = pitch * (0.25 + 0.25 * random.next().value)
    const b = pitch * (0.25 + 0.25 * random.next().value)
    for (let y = Math.ceil(y0 - b); y <= y0 + b; y += 1) {
      for (let x = Math.ceil(x0 - a); x <= x0 + a; x += 1) {
        if (((x - x0) / a) ** 2 + ((y - y0) / b) ** 2 < 1) pixels[y * SIDE + x] = i + 1
      }
    }
  }
  return { width: SIDE, height: SIDE, pixels, count: OBJECTS }
}

function drawPlane(): Plane {
  const pixels = Uint16Array.from({ length: SIDE * SIDE }, () => 300 + 3000 * random.next().value)
  return { width: SIDE, height: SIDE, pixels, fullScale: 65535 }
}

function medianSeconds(run: () => void): number {
  const seconds = Array.from({ length: REPEATS }, () => {
    const start = performance.now()
    run()
    return (performance.now() - start) / 1000
  })
  return seconds.sort((a, b) => a - b)[REPEATS >> 1]!
}

interface Peer {
  readonly seconds: number
  readonly objects: number
  readonly sums: Readonly<Record<string, number>>
}

function timePeer(labels: Labels, planes: readonly Plane[]): Peer {
  const images = [labels.pixels, ...planes.map(({ pixels }) => pixels)]
  return runPeer('measure.py', images, ([labelsPath, ...planePaths]) => [
    SIDE,
    SIDE,
    labelsPath!,
    PEER_REPEATS,
    ...planePaths,
  ]) as Peer
}

const labels = drawLabels()
const planes = Array.from({ length: CHANNELS }, drawPlane)
const channels = planes.map((plane, i) => ({ name: String(i + 1), plane }))
const input = { labels, channels }
const table = measureObjects.run(input, measureObjects.defaults)
const seconds = medianSeconds(() => measureObjects.run(input, measureObjects.defaults))
const shapeSeconds = medianSeconds(() =>
  measureObjects.run({ labels, channels: [] }, measureObjects.defaults),
)
const peer = timePeer(labels, planes)
const sums = Object.fromEntries(
  Object.keys(peer.sums).map(name => {
    const { values } = table.columns.find(column => column.name === name)!
    return [name, values.reduce((sum, value) => sum + value, 0)]
  }),
)
const parfocal = { seconds, shapeSeconds, objects: table.count, sums }
console.log(JSON.stringify({ parfocal, scikitImage: peer, ratio: peer.seconds / seconds }, null, 2))
