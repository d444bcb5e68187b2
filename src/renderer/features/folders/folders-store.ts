import { listen, type Bridge } from '#contract/client.ts'
import type {
  FolderListing,
  FolderPreview,
  WatchedFolder,
  WatchSettings,
} from '#contract/folders.ts'
import { events, type ParfocalApi } from '#contract/index.ts'
import type { Fault } from '#core/fault.ts'
import { createObservable } from '../../lib/observable.ts'

export interface FoldersState {
  /** Null until they are known. */
  readonly folders: readonly WatchedFolder[] | null
  readonly fault: Fault | null
  readonly choice: FolderChoice
  readonly preview: PreviewState
  /** Instruments that can be chosen as a naming. */
  readonly instruments: readonly { readonly id: string; readonly name: string }[]
}

/** The handle of a folder that may be watched, or the id of one that is. */
export type PreviewTarget = string | number

/** How the chosen folder would be read. */
export interface PreviewState {
  /** What it is, or is asked, of; null before the first. */
  readonly of: { readonly target: PreviewTarget; readonly naming: string } | null
  readonly busy: boolean
  /** Stays in sight while another is asked for. */
  readonly value: FolderPreview | null
  /** Why there is none, of a pattern that makes no sense, say. */
  readonly fault: Fault | null
}

/** Somebody choosing a folder to watch, or changing how one is watched. */
export type FolderChoice =
  | { readonly status: 'closed' }
  | { readonly status: 'asking' }
  | {
      readonly status: 'open'
      /** Null where the first could not be listed. */
      readonly listing: FolderListing | null
      readonly fault: Fault | null
      readonly busy: boolean
    }
  | {
      readonly status: 'changing'
      /** As it was when they began. */
      readonly folder: WatchedFolder
      readonly fault: Fault | null
      readonly busy: boolean
    }

const NO_PREVIEW: PreviewState = { of: null, busy: false, value: null, fault: null }

type FolderCalls = Pick<ParfocalApi, `folders.${string}` & keyof ParfocalApi>

/** The folders that are watched, and the choosing of another. */
export function createFoldersStore(api: FolderCalls, bridge: Bridge) {
  const state = createObservable<FoldersState>({
    folders: null,
    fault: null,
    choice: { status: 'closed' },
    preview: NO_PREVIEW,
    instruments: [],
  })
  const change = (part: Partial<FoldersState>): void =>
    state.set({ ...state.getSnapshot(), ...part })
  listen(events, bridge, 'folders.changed', folders => change({ folders, fault: null }))

  /** Shows a listing, or the fault beside the one before. */
  function show(
    reply:
      | { readonly ok: true; readonly value: FolderListing }
      | { readonly ok: false; readonly fault: Fault },
  ): void {
    const { choice } = state.getSnapshot()
    if (choice.status !== 'asking' && choice.status !== 'open') return
    const before = choice.status === 'open' ? choice.listing : null
    const listing = reply.ok ? reply.value : before
    const fault = reply.ok ? null : reply.fault
    change({ choice: { status: 'open', listing, fault, busy: false } })
  }

  function busy(): void {
    const { choice } = state.getSnapshot()
    if (choice.status === 'open') change({ choice: { ...choice, busy: true } })
  }

  async function learnInstruments(): Promise<void> {
    const reply = await api['folders.instruments']()
    if (reply.ok) change({ instruments: reply.value })
  }

  return {
    getSnapshot: state.getSnapshot,
    subscribe: state.subscribe,

    async list(): Promise<void> {
      const reply = await api['folders.list']()
      change(reply.ok ? { folders: reply.value, fault: null } : { fault: reply.fault })
    },

    /** Begins to choose: by the host's own dialog where it has one. */
    async choose(byDialog: boolean): Promise<void> {
      change({ choice: { status: 'asking' }, preview: NO_PREVIEW })
      void learnInstruments()
      if (!byDialog) return show(await api['folders.browse']({ handle: null }))
      const reply = await api['folders.choose']()
      if (!reply.ok) return show(reply)
      if (reply.value === null) return change({ choice: { status: 'closed' } })
      show({ ok: true, value: reply.value })
    },

    async browse(handle: string | null): Promise<void> {
      busy()
      show(await api['folders.browse']({ handle }))
    },

    /** Shows how a folder would be read; of two that are asked for the later one counts. */
    async preview(target: PreviewTarget, naming: string): Promise<void> {
      const of = { target, naming }
      const { preview } = state.getSnapshot()
      const value = preview.of?.target === target ? preview.value : null
      change({ preview: { of, busy: true, value, fault: null } })
      const reply = await api['folders.preview'](
        typeof target === 'string' ? { handle: target, naming } : { folderId: target, naming },
      )
      if (state.getSnapshot().preview.of !== of) return
      const answer = reply.ok ? { value: reply.value, fault: null } : { value, fault: reply.fault }
      change({ preview: { of, busy: false, ...answer } })
    },

    /** Begins to change how a folder is watched. */
    openChange(folder: WatchedFolder): void {
      change({
        choice: { status: 'changing', folder, fault: null, busy: false },
        preview: NO_PREVIEW,
      })
      void learnInstruments()
    },

    /** Reads the folder that is being changed from the start, as is asked; a refusal stays in the dialog. */
    async changeWatch(naming: string, settings: WatchSettings): Promise<void> {
      const { choice } = state.getSnapshot()
      if (choice.status !== 'changing') return
      change({ choice: { ...choice, busy: true } })
      const { folderId } = choice.folder
      const reply = await api['folders.reread']({ folderId, naming, settings })
      if (!reply.ok) return change({ choice: { ...choice, fault: reply.fault, busy: false } })
      change({ choice: { status: 'closed' } })
      await this.list()
    },

    cancel(): void {
      change({ choice: { status: 'closed' } })
    },

    /** Watches the chosen folder; a refusal stays in the dialog. */
    async watch(handle: string, naming: string, settings: WatchSettings): Promise<boolean> {
      busy()
      const reply = await api['folders.watch']({ handle, naming, settings })
      if (!reply.ok) {
        show(reply)
        return false
      }
      change({ choice: { status: 'closed' } })
      await this.list()
      return true
    },

    /** Reads a folder from the start by another way of naming. */
    async reread(folderId: number, naming: string): Promise<void> {
      const reply = await api['folders.reread']({ folderId, naming })
      if (reply.ok) await this.list()
      else change({ fault: reply.fault })
    },

    async forget(folderId: number): Promise<void> {
      const reply = await api['folders.forget']({ folderId })
      if (reply.ok) await this.list()
      else change({ fault: reply.fault })
    },

    async simulate(): Promise<void> {
      const reply = await api['folders.simulate']()
      if (reply.ok) await this.list()
      else change({ fault: reply.fault })
    },
  }
}

export type FoldersStore = ReturnType<typeof createFoldersStore>
