import type { FileAccess } from '../file-access.ts'
import type { PlaneFacts } from '../plane-file.ts'
import { decimal } from '../written-number.ts'

/** Number of the well, position, step and time, each as names of images count them. */
export type LoggedPlace = `${number} ${number} ${number} ${number}`

/** A line has about 100 bytes. */
const LARGEST = 256 * 2 ** 20

/**
 * `W=14⇥P=1⇥T=0⇥Z=0⇥X=…⇥Y=…⇥Z=…⇥T=…`: where the stage was, µm, and seconds since the beginning.
 *
 * The instrument adds a line for each stop and repeats it for no channel. As public macros read it by the order of its
 * fields; when the run began is not in it. The stage's y grows upwards (fractal-uzh-converters turns it too).
 */
const LINE =
  /W=(?<w>\d{1,5})\tP=(?<p>\d{1,5})\tT=(?<t>\d{1,5})\tZ=(?<z>\d{1,5})\t[^=\t\r\n]*=(?<x>[^\t\r\n]*)\t[^=\t\r\n]*=(?<y>[^\t\r\n]*)\t[^=\t\r\n]*=(?<focus>[^\t\r\n]*)/g

/**
 * Where the stage was for the planes that are asked for, as far as an `AcquisitionLog.dat` says it.
 *
 * The log grows with each stop, so it is read again and nothing of it but what is asked for is kept.
 */
export async function readScanRLog(
  { readStart }: Pick<FileAccess, 'readStart'>,
  path: string,
  asked: ReadonlySet<LoggedPlace>,
): Promise<ReadonlyMap<LoggedPlace, NonNullable<PlaneFacts['position']>>> {
  const start = await readStart(path, LARGEST)
  const places = new Map<LoggedPlace, NonNullable<PlaneFacts['position']>>()
  if (!start.ok) return places
  const text = new TextDecoder('windows-1252').decode(start.value)
  // What is being written ends in the middle of a line.
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  for (const { groups } of whole.matchAll(LINE)) {
    const number = (name: string) => Number(groups![name])
    const place: LoggedPlace = `${number('w')} ${number('p')} ${number('z')} ${number('t')}`
    if (!asked.has(place)) continue
    const [x, y] = [decimal(groups!['x']!), decimal(groups!['y']!)]
    const z = decimal(groups!['focus']!)
    if (x !== null && y !== null) places.set(place, { x, y: 0 - y, z })
  }
  return places
}
