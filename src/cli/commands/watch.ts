import { Command, InvalidArgumentError, Option } from 'commander'
import { assertNever } from '#core/fault.ts'
import { isMarkerName } from '#workstation/intake/done-markers.ts'
import { openEventLog } from '#workstation/intake/event-log.ts'
import type { WatchSettings } from '#workstation/intake/watch-settings.ts'
import { watchFolders, type WatchNews } from '#workstation/watch-folders.ts'
import { openWorkstation } from '#workstation/workstation.ts'
import { failWith, faultLine } from '../exit.ts'
import { foldersToWatch } from '../folders-to-watch.ts'
import { createMarkerLines } from '../marker-lines.ts'
import { NAMING_HELP, namingFrom } from '../naming-option.ts'
import { leave } from '../leave.ts'
import { countsText, holeLine } from '../hole-lines.ts'
import { userPath } from '../paths.ts'
import { plateLine } from '../plate-line.ts'
import { createPlateNames, type PlateNames } from '../plate-names.ts'
import { recipeFrom } from '../recipe-option.ts'
import { storeFrom } from '../store-option.ts'

interface WatchOptions {
  readonly store?: string
  readonly recipe?: string
  readonly naming?: string
  readonly quiet?: number
  readonly access: WatchSettings['access']
  readonly doneMarker?: string
  readonly events?: string
}

export function watchCommand(): Command {
  return new Command('watch')
    .description('Judge and analyse what arrives in folders, until stopped with Ctrl-C')
    .argument('<folder...>', 'folders that microscopes write to')
    .option('--store <dir>', 'where results are kept (default: in your data folder)')
    .option('--recipe <name|file>', 'recipe to follow (default: nuclei-fluorescence)')
    .option('--naming <name|pattern|csv>', NAMING_HELP)
    .option('--quiet <seconds>', QUIET_HELP, quietSeconds)
    .addOption(
      new Option('--access <how>', 'events of the system, or polling; auto tells by the disk')
        .choices(['auto', 'events', 'polling'])
        .default('auto'),
    )
    .option('--done-marker <name>', MARKER_HELP, markerName)
    .option('--events <file>', 'write down what was seen and decided, to be replayed')
    .action(watch)
}

const QUIET_HELP =
  'how long a file must stay unchanged, 0.5 to 3600 s (default: what suits its disk)'
const MARKER_HELP =
  'name of the file that says that images are whole: *.done, or done.txt for a folder'

function quietSeconds(text: string): number {
  const seconds = Number(text)
  if (text.trim() === '' || !(seconds >= 0.5 && seconds <= 3600)) {
    throw new InvalidArgumentError('Allowed: seconds from 0.5 to 3600.')
  }
  return seconds
}

function markerName(text: string): string {
  if (isMarkerName(text)) return text
  throw new InvalidArgumentError('Allowed: the name of a file, with at most one *.')
}

async function watch(folders: readonly string[], options: WatchOptions): Promise<void> {
  const recipe = recipeFrom(options.recipe)
  if (!recipe.ok) return failWith(recipe.fault)
  const naming = namingFrom(options.naming)
  if (!naming.ok) return failWith(naming.fault)
  const watched = foldersToWatch(folders)
  if (!watched.ok) return failWith(watched.fault)
  const roots = watched.value
  const storeFolder = storeFrom(options.store, folders)
  if (!storeFolder.ok) return failWith(storeFolder.fault)
  const events = options.events === undefined ? null : openEventLog(userPath(options.events))
  if (events?.ok === false) return failWith(events.fault)
  const opened = openWorkstation({ storeFolder: storeFolder.value, recipe: recipe.value })
  if (!opened.ok) return failWith(opened.fault)
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
  const markerLine = createMarkerLines()
  const names = createPlateNames()
  process.stderr.write(`Watching ${roots.join(', ')}. Ctrl-C stops.\n`)
  const result = await watchFolders(
    opened.value,
    roots,
    {
      naming: naming.value,
      settings: {
        quietSeconds: options.quiet ?? null,
        access: options.access,
        doneMarker: options.doneMarker ?? null,
      },
      ...(events !== null && { events: events.value }),
    },
    news => process.stdout.write(newsText(news, markerLine, names)),
    stop.signal,
  )
  opened.value.close()
  events?.value.close()
  if (!result.ok) failWith(result.fault)
  await leave()
}

/** News as lines: a plane each, or what else there is to say. */
function newsText(
  news: WatchNews,
  markerLine: ReturnType<typeof createMarkerLines>,
  names: PlateNames,
): string {
  switch (news.kind) {
    case 'field': {
      const { acquisition, field, planes, analysis } = news.done
      const place = `${names.nameOf(acquisition.plate, acquisition.folder)} ${field.name}`
      const lines = planes.map(({ plane, outcome }) => {
        const name = `${place} ${plane.channel} z${plane.z}`
        if (!outcome.result.ok) return `unreadable   ${name}  ${faultLine(outcome.result.fault)}\n`
        const { verdict, reasons } = outcome.result.value
        return `${verdict.padEnd(12)} ${name}  ${reasons.join(', ')}`.trimEnd() + '\n'
      })
      if (analysis?.outcome.result.ok === true) {
        lines.push(`analysed     ${place}  ${analysis.outcome.result.value.count} objects\n`)
      }
      return lines.join('')
    }
    case 'plate': {
      const { report } = news
      const name = names.nameOf(report.name, report.folder)
      return `${plateLine({ ...report, name }, promisedHere(news))}${countsText(news.counts)}\n`
    }
    case 'late':
    case 'missing':
      return `${holeLine({ ...news, plate: names.nameOf(news.plate, news.folder) })}\n`
    case 'offline':
      return `offline      ${faultLine(news.fault)}\n`
    case 'online':
      return `online       ${news.root}\n`
    case 'listed':
      return markerLine(news)
    case 'arrived':
      for (const { run } of news.runs) names.note(run.plate, String(run.plateId))
      return ''
    case 'halted':
      return `halted       ${faultLine(news.fault)} What arrives waits.\n`
    case 'resumed':
      return 'resumed      the store takes results again\n'
    case 'fault':
      return `fault        ${faultLine(news.fault)}\n`
    case 'copy':
      return `copy         ${news.path} of ${news.of}\n`
    case 'unmatched':
      return `unmatched    ${news.path}\n`
    default:
      return assertNever(news)
  }
}

/** The counts are of the plate: where it was imaged more than once they do not tell of one run. */
function promisedHere({ counts, report }: Extract<WatchNews, { kind: 'plate' }>): number | null {
  if (counts === null) return null
  const promised = Object.values(counts).reduce((sum, planes) => sum + planes, 0)
  return promised === report.planes.expected ? counts.here : null
}
