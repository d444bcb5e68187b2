import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import type { PlateSummary } from '#contract/plates.ts'
import { AboutLine, type AboutStore } from '../features/about/index.ts'
import { CommandPalette, KeyboardHelp, useKeys } from '../features/commands/index.ts'
import {
  FolderBanner,
  FolderDialog,
  FolderList,
  type FoldersStore,
} from '../features/folders/index.ts'
import { MistakeNotice, type MistakesStore } from '../features/mistakes/index.ts'
import type { PlatesStore } from '../features/plates/index.ts'
import { ProgressLine, type ProgressStore } from '../features/progress/index.ts'
import { SettingsView, type SettingsStore } from '../features/settings/index.ts'
import { useCommands, type CommandBoard, type CommandDeeds } from '../lib/command-board.ts'
import { useObservable } from '../lib/observable.ts'
import { placeHash, type View } from '../lib/place.ts'
import { namesakeFolders } from '../lib/plate-name.ts'
import { Namesakes } from '../ui/plate-name.tsx'
import css from './app.module.css'
import { MistakeBoundary } from './mistake-boundary.tsx'
import { placeOf, type Navigation, type Whereabouts } from './navigation.ts'
import { PlatesPage } from './plates-page.tsx'
import type { ThemeSwitch } from './theme.ts'
import { TopBar } from './top-bar.tsx'
import type { Views } from './views.tsx'

export interface AppProps {
  readonly stores: {
    readonly about: AboutStore
    readonly folders: FoldersStore
    readonly mistakes: MistakesStore
    readonly plates: PlatesStore
    readonly progress: ProgressStore
    readonly settings: SettingsStore
  }
  readonly navigation: Navigation
  readonly board: CommandBoard
  readonly views: Views
  readonly theme: ThemeSwitch
  /** Takes the trace of a view that broke. */
  readonly onMistake: (trace: string) => void
}

const NO_PLATES: readonly PlateSummary[] = []

export function App({ stores, navigation, board, views, theme, onMistake }: AppProps) {
  const whereabouts = useObservable(navigation)
  const plates = useObservable(stores.plates)
  const listed = plates.status === 'listed' ? plates.plates : NO_PLATES
  const namesakes = useMemo(() => namesakeFolders(listed), [listed])
  const folders = useObservable(stores.folders)
  const about = useObservable(stores.about)
  const [open, setOpen] = useState<'nothing' | 'palette' | 'keys'>('nothing')
  const known = about.status === 'known' ? about.about : null
  const byDialog = known?.choosesFolders ?? false

  useCommands(board, useViewCommands(navigation, whereabouts))
  useCommands(
    board,
    useMemo<CommandDeeds>(
      () => ({
        'folder.watch': () => void stores.folders.choose(byDialog),
        'folder.simulate': () => void stores.folders.simulate(),
        'palette.open': () => setOpen('palette'),
        'help.keys': () => setOpen('keys'),
        'theme.switch': () => void stores.settings.change({ theme: theme.opposite() }),
      }),
      [stores, byDialog, theme],
    ),
  )
  useKeys(board)

  const folderList = <FolderList store={stores.folders} board={board} />
  const pages: Readonly<Record<'plates' | 'settings', () => ReactNode>> = {
    plates: () => (
      <PlatesPage
        state={plates}
        watching={folders.folders !== null && folders.folders.length > 0}
        folders={folderList}
        board={board}
        onRetry={() => void stores.plates.list()}
      />
    ),
    settings: () => (
      <SettingsView
        store={stores.settings}
        osUser={known?.osUser ?? ''}
        folders={folderList}
        about={
          <>
            <AboutLine store={stores.about} />
            {known === null ? null : <p>{`Results are kept in ${known.store}`}</p>}
          </>
        }
      />
    ),
  }
  return (
    <div className={css['window']}>
      <a className={css['skip']} href="#content" onClick={skipToContent}>
        To the content
      </a>
      <TopBar plates={listed} whereabouts={whereabouts} goTo={navigation.goTo} board={board} />
      <MistakeNotice store={stores.mistakes} />
      <FolderBanner store={stores.folders} />
      <main id="content" className={css['view']} tabIndex={-1}>
        <Namesakes value={namesakes}>
          <MistakeBoundary at={placeHash(whereabouts.place)} onMistake={onMistake}>
            <PlaceView whereabouts={whereabouts} views={views} pages={pages} />
          </MistakeBoundary>
        </Namesakes>
        <FocusKept view={whereabouts.place.view} />
      </main>
      <footer className={css['foot']}>
        <ProgressLine store={stores.progress} />
        <AboutLine store={stores.about} />
      </footer>
      <FolderDialog store={stores.folders} />
      {open === 'palette' ? (
        <CommandPalette board={board} onClose={() => setOpen('nothing')} />
      ) : null}
      {open === 'keys' ? <KeyboardHelp onClose={() => setOpen('nothing')} /> : null}
    </div>
  )
}

interface PlaceViewProps {
  readonly whereabouts: Whereabouts
  readonly views: Views
  readonly pages: Readonly<Record<'plates' | 'settings', () => ReactNode>>
}

function PlaceView({ whereabouts: { place }, views, pages }: PlaceViewProps) {
  switch (place.view) {
    case 'plates':
    case 'settings':
      return pages[place.view]()
    case 'plate':
      return <views.plate place={place} />
    case 'field':
      return <views.field place={place} />
    case 'quality':
      return <views.quality place={place} />
    case 'review':
      return <views.review place={place} />
    case 'reacquire':
      return <views.reacquire place={place} />
    case 'models':
      return <views.models place={place} />
  }
}

/** A command for each view that there is something to show in. */
function useViewCommands(navigation: Navigation, whereabouts: Whereabouts): CommandDeeds {
  return useMemo(() => {
    const go = (view: View): (() => void) | undefined => {
      const place = placeOf(view, whereabouts)
      return place === null ? undefined : () => navigation.goTo(place)
    }
    const commands = {
      'plates.show': go('plates'),
      'plate.show': go('plate'),
      'field.show': go('field'),
      'quality.show': go('quality'),
      'review.show': go('review'),
      'review.reacquire': go('reacquire'),
      'models.show': go('models'),
      'settings.open': go('settings'),
    }
    return Object.fromEntries(
      Object.entries(commands).filter(([, deed]) => deed !== undefined),
    ) as CommandDeeds
  }, [navigation, whereabouts])
}

/** What had the focus may have gone with the view before: then the one that has come takes it. */
function FocusKept({ view }: { readonly view: View }): null {
  const before = useRef(view)
  useEffect(() => {
    const left = before.current !== view
    before.current = view
    if (!left || document.activeElement !== document.body) return
    document.getElementById('content')?.focus({ preventScroll: true })
  }, [view])
  return null
}

/** The address after the `#` is the place: a link into the page would leave it. */
function skipToContent(event: { preventDefault(): void }): void {
  event.preventDefault()
  document.getElementById('content')?.focus()
}
