import { Command } from 'commander'
import { existsSync, statSync } from 'node:fs'
import type { Fault } from '#core/fault.ts'
import { describePlate, type PlateDescription } from '#workstation/describe-plate.ts'
import { diskAccess } from '#workstation/intake/disk.ts'
import { identifyAcquisitions, type SignRead } from '#workstation/intake/identify-acquisitions.ts'
import { instrumentName } from '#workstation/intake/instruments/registry.ts'
import { hasImageName } from '#workstation/intake/name-pattern.ts'
import type { PlaneAddress } from '#workstation/intake/plane-file.ts'
import { surveyFolder } from '#workstation/intake/survey-folder.ts'
import { EXIT, failWith, faultJson, faultLine, printJson } from '../exit.ts'
import { NAMING_HELP, namingFrom } from '../naming-option.ts'
import { userPath } from '../paths.ts'
import { nothingUsed, unmatchedLines } from '../unmatched-lines.ts'

interface IdentifyOptions {
  readonly naming?: string
  readonly json?: true
}

export function identifyCommand(): Command {
  return new Command('identify')
    .description('Say what a folder holds and how that is known; nothing is analysed or written')
    .argument('<folder>', 'what the microscope wrote')
    .option('--naming <name|pattern|csv>', NAMING_HELP)
    .option('--json', 'print one JSON document')
    .action(identify)
}

/** What was found, as `--json` prints it but for the faults. */
interface Findings {
  readonly folder: string
  readonly naming: string
  readonly files: number
  readonly images: number
  readonly signs: readonly SignRead[]
  readonly plates: readonly PlateDescription[]
  readonly unmatched: readonly string[]
  readonly faults: readonly Fault[]
}

async function identify(folder: string, options: IdentifyOptions): Promise<void> {
  const root = userPath(folder)
  if (!existsSync(root) || !statSync(root).isDirectory()) {
    return failWith({ kind: 'folder-not-found', path: root })
  }
  const chosen = namingFrom(options.naming)
  if (!chosen.ok) return failWith(chosen.fault)
  const naming = chosen.value ?? 'auto'
  const survey = await surveyFolder(root)
  const identified = await identifyAcquisitions(survey, naming, diskAccess())
  if (!identified.ok) return failWith(identified.fault)
  const { acquisitions, signs, unmatched } = identified.value
  const found: Findings = {
    folder: root,
    naming,
    files: survey.files.length,
    images: survey.files.filter(hasImageName).length,
    signs,
    plates: acquisitions.map(acquisition => describePlate(acquisition, signs)),
    unmatched,
    faults: [...survey.faults, ...identified.value.faults],
  }
  const unused = nothingUsed(usedPlanes(found), unmatched) !== null
  if (found.faults.length > 0 || unused) process.exitCode = EXIT.faults
  if (options.json === true) printJson({ ...found, faults: found.faults.map(faultJson) })
  else process.stdout.write(`${textOf(found).join('\n')}\n`)
}

function textOf(found: Findings): readonly string[] {
  const { folder, files, images, naming, plates, unmatched, faults } = found
  const unused = nothingUsed(usedPlanes(found), unmatched)
  // What spoke for an instrument in vain is worth a line where there is nothing else to go by.
  const signs = found.signs.filter(sign => {
    const { instrument, by, claimed } = sign
    const awaits = plates.some(one => one.instrument === instrument && one.namedBy === by)
    return claimed > 0 || awaits || plates.length === 0
  })
  return [
    `${folder}: ${count(files, 'file')}, ${images} of them images`,
    ...(naming === 'auto' ? [] : [`naming      ${naming}, as was asked`]),
    ...signs.map(signLine),
    ...(plates.length === 0 ? ['No plate was found.'] : []),
    ...(unused === null ? [] : [unused]),
    ...plates.flatMap(plateLines),
    ...(unmatched.length === 0 ? [] : ['']),
    ...unmatchedLines(unmatched),
    ...faults.map(fault => `fault       ${faultLine(fault)}`),
  ]
}

function usedPlanes({ plates }: Findings): number {
  return plates.reduce((sum, { planes }) => sum + planes.arrived, 0)
}

function signLine({ instrument, sure, why, claimed, of }: SignRead): string {
  return `${sure.padEnd(10)}  ${instrumentName(instrument)}, by ${why}: ${claimed} of ${of} images`
}

function plateLines(found: PlateDescription): readonly string[] {
  const { plate, uniqueId, folder, format, wells, sites } = found
  const { channels, pixelSizes, objective, startedAt, planes, missing } = found
  const { withPosition } = planes
  const size = format === null ? '' : ` of ${format.rows * format.columns}`
  const lines: readonly (readonly [string, string | null])[] = [
    ['read by', readBy(found)],
    ['id', uniqueId],
    ['wells', wells.length === 0 ? null : `${wells.length}${size}: ${few(wells)}`],
    ['sites', sites.length === 0 ? null : few(sites.map(String))],
    ['channels', channels.map(channelText).join('; ')],
    ['pixel size', pixelSizes.length === 0 ? 'not said' : `${pixelSizes.map(round).join(', ')} µm`],
    ['positions', withPosition === 0 ? 'not said' : `of ${count(withPosition, 'plane')}`],
    ['z', span(found.z)],
    ['t', span(found.t)],
    ['objective', objective === null ? null : objectiveText(objective)],
    ['imaged', startedAt],
    ['planes', planesText(planes, missing.length)],
  ]
  return [
    '',
    `Plate ${plate}${folder === '' ? '' : ` in ${folder}`}`,
    ...lines.flatMap(([name, text]) => (text === null ? [] : [`  ${name.padEnd(11)} ${text}`])),
    ...some(missing.map(plane => `  missing     ${planeText(plane)}`)),
  ]
}

/** `24 of 48 arrived, 24 missing, and 12 projections`: what arrived of what is promised, and what came beside it. */
function planesText(
  { expected, arrived, projections }: PlateDescription['planes'],
  missing: number,
): string {
  if (expected === null) {
    const those = projections === 0 ? '' : `, ${projections} of them projections`
    return `${arrived} arrived${those}; no index says how many`
  }
  const beside = arrived - (expected - missing)
  // Projections may be promised themselves.
  const what = beside === projections ? count(beside, 'projection') : `${beside} more`
  const others = beside > 0 ? `, and ${what}` : ''
  return `${expected - missing} of ${expected} arrived, ${missing} missing${others}`
}

/** `its index, ImageXpress (imagexpress), certain`; what stands in brackets `--naming` takes. */
function readBy({ namedBy, instrument, sure }: PlateDescription): string {
  const spelt = `${instrumentName(instrument)} (${instrument})`
  // Metadata may say all of an image but its place on a plate.
  if (namedBy === 'loose' && instrument !== 'loose') return `metadata of no plate, ${spelt}`
  const named = namedBy === 'index' || namedBy === 'name'
  return [READ_BY[namedBy], ...(named ? [spelt] : []), ...(sure === null ? [] : [sure])].join(', ')
}

const READ_BY = {
  index: 'its index',
  name: 'names',
  map: 'a table',
  loose: 'nothing: every image is a field of its own',
} as const

function channelText(channel: PlateDescription['channels'][number]): string {
  const { name, excitation, emission, exposure, planes } = channel
  const light = [excitation, emission].flatMap(nm => (nm === null ? [] : [String(round(nm))]))
  const notes = [
    ...(light.length === 0 ? [] : [`${light.join(' → ')} nm`]),
    ...(exposure === null ? [] : [`${round(exposure)} ms`]),
    count(planes, 'plane'),
  ]
  return `${name} (${notes.join(', ')})`
}

function objectiveText(objective: NonNullable<PlateDescription['objective']>): string {
  const { name, magnification, numericalAperture } = objective
  return [
    ...(name === null ? [] : [name]),
    ...(magnification === null ? [] : [`${magnification}×`]),
    ...(numericalAperture === null ? [] : [`NA ${numericalAperture}`]),
  ].join(', ')
}

function planeText({ well, site, channel, z, t, projection }: PlaneAddress): string {
  return `${well} site ${site} ${channel} ${projection ? 'projection' : `z${z}`} t${t}`
}

function span(values: readonly number[]): string | null {
  const [first] = values
  const last = values.at(-1)
  if (first === undefined || last === undefined) return null
  if (values.length === 1) return String(first)
  return last - first + 1 === values.length ? `${first} to ${last}` : few(values.map(String))
}

/** As many as fit on a line. */
function few(words: readonly string[]): string {
  const most = 12
  if (words.length <= most) return words.join(', ')
  return `${words.slice(0, most - 1).join(', ')} … ${words.at(-1)!}`
}

/** As many lines as a person reads; `--json` has them all. */
function some(lines: readonly string[]): readonly string[] {
  const most = 20
  if (lines.length <= most) return lines
  return [...lines.slice(0, most), `… and ${lines.length - most} more`]
}

function count(number: number, noun: string): string {
  return number === 1 ? `1 ${noun}` : `${number} ${noun}s`
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000
}
