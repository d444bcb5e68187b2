import { z } from 'zod'
import { call } from './define.ts'
import { FaultValue } from './fault-value.ts'

/** How one folder is to be watched, where it asks for something of its own. */
export const WatchSettings = z.object({
  /** How long a file must stay unchanged, s; null for what suits its disk. */
  quietSeconds: z.number().min(0.5).max(3600).nullable().default(null),
  access: z.enum(['auto', 'events', 'polling']).default('auto'),
  /** Name of the file that says that images are whole, with one `*` for what they share; null where none is written. */
  doneMarker: z.string().min(1).max(255).nullable().default(null),
})
export type WatchSettings = z.infer<typeof WatchSettings>

export const USUAL_WATCH: WatchSettings = { quietSeconds: null, access: 'auto', doneMarker: null }

/** How many files there are of a kind, and the first of them, relative to the folder. */
const SomeFiles = z.object({ count: z.int().nonnegative(), paths: z.array(z.string()).max(200) })

/** A folder that a microscope writes to. */
export const WatchedFolder = z.object({
  folderId: z.int().nonnegative(),
  path: z.string(),
  /** `auto`, `loose`, an instrument, a pattern, or a table below the folder that ends in `.csv`. */
  naming: z.string(),
  settings: WatchSettings,
  /** `starting` until the folder was listed once; `failed` is not watched any more, `fault` says why. */
  state: z.enum(['starting', 'watching', 'offline', 'failed']),
  fault: FaultValue.nullable(),
  /** UTC, ISO 8601; null while nothing has come. */
  lastArrivalAt: z.iso.datetime().nullable(),
  /** Files that settled. */
  files: z.int().nonnegative(),
  /** Files that no naming matched. */
  unmatched: SomeFiles,
  /** Images that wait for the file that says that they are whole. */
  unmarked: SomeFiles,
  /** Images with the same bytes as others of the same place, which are left out. */
  copies: SomeFiles,
  /** What was wrong with the folder or its index, newest last. */
  faults: z.array(FaultValue).max(200),
  /** Whether it is the simulated plate that Parfocal makes itself. */
  simulated: z.boolean(),
})
export type WatchedFolder = z.infer<typeof WatchedFolder>

/** Stands for a folder on the host's disk. The window never names a path: it hands back what it was shown. */
export const FolderHandle = z.string().regex(/^[A-Za-z0-9_-]{16,64}$/)

export const FolderListing = z.object({
  handle: FolderHandle,
  path: z.string(),
  /** Null at the top. */
  parent: FolderHandle.nullable(),
  /** By name; hidden folders are left out. */
  folders: z.array(z.object({ handle: FolderHandle, name: z.string() })),
  /** How many image files lie in it. */
  images: z.int().nonnegative(),
})
export type FolderListing = z.infer<typeof FolderListing>

const Naming = z.string().min(1).max(500)

/** Something that speaks for an instrument, and how many of the images it accounts for. */
export const SignSeen = z.object({
  /** Its name for people. */
  instrument: z.string(),
  by: z.enum(['index', 'name']),
  sure: z.enum(['certain', 'likely', 'possible']),
  why: z.string(),
  claimed: z.int().nonnegative(),
  of: z.int().nonnegative(),
})

/** A plate as a preview knows it. */
export const PreviewedPlate = z.object({
  plate: z.string(),
  folder: z.string(),
  /** Its name for people. */
  instrument: z.string(),
  namedBy: z.enum(['index', 'name', 'map', 'loose']),
  wells: z.int().nonnegative(),
  sites: z.int().nonnegative(),
  z: z.int().nonnegative(),
  t: z.int().nonnegative(),
  channels: z.array(z.string()).max(40),
  /** µm; null where it is not said, or planes differ. */
  pixelSize: z.number().nullable(),
  objective: z.string().nullable(),
  arrived: z.int().nonnegative(),
  /** Null where no index promises a number. */
  expected: z.int().nonnegative().nullable(),
  /** Null where nothing is promised, or not all of the folder was looked at. */
  missing: z.int().nonnegative().nullable(),
})

/** An image file, and what was read of it. */
export const PreviewedFile = z.object({
  path: z.string(),
  /** Null where nothing matched. */
  place: z
    .object({
      plate: z.string(),
      /** Null for a loose image. */
      well: z.string().nullable(),
      site: z.int().nullable(),
      channel: z.string(),
      z: z.int(),
      t: z.int(),
    })
    .nullable(),
  /** Where the groups of a pattern matched in the path; `to` is behind the last character. */
  groups: z.array(z.object({ name: z.string(), from: z.int(), to: z.int() })).max(20),
})
export type PreviewedFile = z.infer<typeof PreviewedFile>

/** What a folder holds by a way of naming, before it is watched. */
export const FolderPreview = z.object({
  files: z.int().nonnegative(),
  /** Not all of the folder was looked at: it is large, or slow. */
  cut: z.boolean(),
  /** The surest first. */
  signs: z.array(SignSeen).max(40),
  plates: z.array(PreviewedPlate).max(12),
  plateCount: z.int().nonnegative(),
  /** Image files. */
  recognised: z.int().nonnegative(),
  unrecognised: z.int().nonnegative(),
  /** Image files that hold no plane: thumbnails, say. */
  beside: z.int().nonnegative(),
  shown: z.array(PreviewedFile).max(50),
  faults: z.array(FaultValue).max(20),
})
export type FolderPreview = z.infer<typeof FolderPreview>

export const folderCalls = {
  'folders.list': call(z.void(), z.array(WatchedFolder), []),
  /** What is in a folder; without a handle, the places to begin at: the home folder, drives and mounts. */
  'folders.browse': call(z.object({ handle: FolderHandle.nullable() }), FolderListing, [
    'folder-handle-unknown',
    'folder-offline',
    'folder-not-found',
  ]),
  /** Asks by the host's own dialog; null when nothing was chosen or the host has none. */
  'folders.choose': call(z.void(), FolderListing.nullable(), [
    'folder-offline',
    'folder-not-found',
  ]),
  /** Instruments that can be chosen as a naming. */
  'folders.instruments': call(
    z.void(),
    z.array(z.object({ /** As a naming. */ id: z.string(), /** For people. */ name: z.string() })),
    [],
  ),
  /** Reads a folder by a way of naming as far as a moment allows; nothing is recorded. */
  'folders.preview': call(
    z.union([
      z.object({ handle: FolderHandle, naming: Naming }),
      z.object({ folderId: z.int().nonnegative(), naming: Naming }),
    ]),
    FolderPreview,
    ['folder-handle-unknown', 'folder-offline', 'folder-not-found', 'bad-option'],
  ),
  'folders.watch': call(
    z.object({
      handle: FolderHandle,
      naming: Naming.default('auto'),
      settings: WatchSettings.default(USUAL_WATCH),
    }),
    WatchedFolder,
    ['folder-handle-unknown', 'folder-watched-already', 'store-misplaced', 'bad-option'],
  ),
  /** Reads a watched folder from the start, by another way of naming or watched otherwise; what was recorded stays. */
  'folders.reread': call(
    z.object({
      folderId: z.int().nonnegative(),
      naming: Naming,
      /** As it is watched, where nothing is said. */
      settings: WatchSettings.optional(),
    }),
    WatchedFolder,
    ['folder-handle-unknown', 'bad-option'],
  ),
  /** Stops watching; what was recorded stays. */
  'folders.forget': call(z.object({ folderId: z.int().nonnegative() }), z.null(), []),
  /** Lets the simulated microscope acquire a plate. */
  'folders.simulate': call(z.void(), WatchedFolder, [
    'folder-watched-already',
    'output-not-writable',
  ]),
} as const
