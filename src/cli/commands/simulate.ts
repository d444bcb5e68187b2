import { Command } from 'commander'
import { fail, ok, type Result } from '#core/fault.ts'
import { parseWell, PLATE_FORMATS, wellName, type PlateFormat } from '#core/plate/well.ts'
import { CHANNELS } from '#core/simulate/channel.ts'
import { DEFECTS, parseDefects, REALISTIC_DEFECTS } from '#core/simulate/defects.ts'
import { plateFor } from '#core/simulate/plan-plate.ts'
import { patternNaming, READS_PATTERN_NAMING } from '#workstation/simulate/namings/pattern.ts'
import { NAMINGS } from '#workstation/simulate/namings/registry.ts'
import {
  writeAcquisition,
  type AcquisitionOptions,
  type AcquisitionTruth,
} from '#workstation/simulate/write-acquisition.ts'
import { failWith, printJson } from '../exit.ts'
import { userPath } from '../paths.ts'
import { showProgress } from '../progress.ts'

/** As typed; commander fills in the defaults. */
interface SimulateOptions {
  readonly wells: string
  readonly fields: string
  readonly channels: string
  readonly size: string
  readonly naming: string
  readonly seed: string
  readonly rate?: string
  readonly defects?: string
  readonly again?: string
  readonly truth?: string
  readonly json?: true
}

const MOST_WELLS = 1536
const MOST_FIELDS = 100
const PIXELS = { least: 32, most: 4096 }

export function simulateCommand(): Command {
  return new Command('simulate')
    .description('Write an acquisition whose truth is known')
    .argument('<dir>', 'new or empty folder')
    .option('--wells <n>', `wells, 1 to ${MOST_WELLS}, on the smallest plate that has them`, '24')
    .option('--fields <n>', 'fields of each well', '2')
    .option('--channels <n>', `channels, 1 to ${CHANNELS.length}; the first shows nuclei`, '2')
    .option('--size <WxH>', 'pixels of each plane', '512x512')
    .option(
      '--naming <name>',
      `how files are named: ${Object.keys(NAMINGS).join(', ')}`,
      'imagexpress',
    )
    .option('--rate <planes>', 'planes a second (default: as fast as possible)')
    .option(
      '--defects <spec>',
      `none, or name:fraction,… of ${DEFECTS.join(', ')} (default: a realistic mixture)`,
    )
    .option('--again <wells>', 'image these wells once more, without defects: B03,C04')
    .option('--seed <n>', 'equal seeds give equal files', '1')
    .option('--truth <dir>', 'new or empty folder for labels and truth.csv')
    .option('--json', 'print one JSON document')
    .action(simulate)
}

async function simulate(folder: string, options: SimulateOptions): Promise<void> {
  const order = readOptions(folder, options)
  if (!order.ok) return failWith(order.fault)
  const progress = showProgress('Planes')
  const written = await writeAcquisition({
    ...order.value,
    onPlane: (done, of) => progress.update(done, of),
  })
  progress.end()
  if (!written.ok) return failWith(written.fault)
  const report = reportOf(order.value, written.value)
  if (options.json === true) return printJson(report)
  const { planes, wells, fields, plate } = report
  const lost = `${planes.missing} missing, ${planes.truncated} truncated`
  process.stderr.write(
    `${plate}: ${wells} wells × ${fields} fields, ${planes.written} planes written, ${lost}\n`,
  )
  if (order.value.naming === patternNaming) {
    process.stderr.write(`These names are read by --naming '${READS_PATTERN_NAMING}'\n`)
  }
}

function reportOf(order: AcquisitionOptions, { plate, planes }: AcquisitionTruth) {
  const missing = planes.filter(({ defects }) => defects.includes('missing')).length
  const truncated = planes.filter(({ defects }) => defects.includes('truncated')).length
  const { folder, wells, fields, truthFolder: truth } = order
  /** Truncated planes are written too. */
  const written = planes.length - missing
  return { folder, plate, wells, fields, planes: { written, missing, truncated }, truth }
}

function readOptions(folder: string, options: SimulateOptions): Result<AcquisitionOptions> {
  const { rate, truth } = options
  const wells = wholeNumber('--wells', options.wells, 1, MOST_WELLS)
  if (!wells.ok) return wells
  const fields = wholeNumber('--fields', options.fields, 1, MOST_FIELDS)
  if (!fields.ok) return fields
  const channels = wholeNumber('--channels', options.channels, 1, CHANNELS.length)
  if (!channels.ok) return channels
  const seed = wholeNumber('--seed', options.seed, 0, Number.MAX_SAFE_INTEGER)
  if (!seed.ok) return seed
  const size = readSize(options.size)
  if (!size.ok) return size
  const defects =
    options.defects === undefined ? ok(REALISTIC_DEFECTS) : parseDefects(options.defects)
  if (!defects.ok) return defects
  const again = readWells(options.again, wells.value)
  if (!again.ok) return again
  const naming = Object.hasOwn(NAMINGS, options.naming) ? NAMINGS[options.naming] : undefined
  if (naming === undefined) {
    return badOption('--naming', options.naming, Object.keys(NAMINGS).join(', '))
  }
  if (rate !== undefined && !(Number(rate) > 0 && Number.isFinite(Number(rate)))) {
    return badOption('--rate', rate, 'planes a second, more than 0')
  }
  return ok({
    folder: userPath(folder),
    truthFolder: truth === undefined ? null : userPath(truth),
    naming,
    seed: seed.value,
    format: plateFor(wells.value) as PlateFormat,
    wells: wells.value,
    fields: fields.value,
    channels: channels.value,
    ...size.value,
    defects: defects.value,
    again: again.value,
    rate: rate === undefined ? null : Number(rate),
  })
}

function wholeNumber(option: string, text: string, least: number, most: number): Result<number> {
  const value = /^\d+$/.test(text) ? Number(text) : NaN
  return value >= least && value <= most
    ? ok(value)
    : badOption(option, text, `a whole number from ${least} to ${most}`)
}

/** Wells that are imaged: those of the smallest plate, along its rows. */
function readWells(text: string | undefined, wells: number): Result<readonly string[]> {
  if (text === undefined) return ok([])
  const { columns } = PLATE_FORMATS[plateFor(wells)!]
  const places = text.split(',').map(name => parseWell(name.trim()))
  const imaged = places.every(
    place => place !== null && place.column < columns && place.row * columns + place.column < wells,
  )
  const names = places.flatMap(place => (place === null ? [] : [wellName(place)]))
  return imaged && new Set(names).size === names.length
    ? ok(names)
    : badOption('--again', text, `wells that are imaged, each once, as B03,C04`)
}

function readSize(text: string): Result<{ width: number; height: number }> {
  const [width = NaN, height = NaN] = (/^(\d+)x(\d+)$/i.exec(text) ?? []).slice(1).map(Number)
  const fits = (length: number): boolean => length >= PIXELS.least && length <= PIXELS.most
  const allowed = `WIDTHxHEIGHT, each from ${PIXELS.least} to ${PIXELS.most}`
  return fits(width) && fits(height) ? ok({ width, height }) : badOption('--size', text, allowed)
}

function badOption(option: string, value: string, allowed: string): Result<never> {
  return fail({ kind: 'bad-option', option, value, allowed })
}
