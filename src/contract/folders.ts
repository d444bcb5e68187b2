import { z } from 'zod'
import { call } from './define.ts'
import { FaultValue } from './fault-value.ts'

/** A folder that a microscope writes to. */
export const WatchedFolder = z.object({
  folderId: z.int().nonnegative(),
  path: z.string(),
  /** `auto`, `loose`, an instrument or a pattern. */
  naming: z.string(),
  /** `starting` until the folder was listed once; `failed` is not watched any more, `fault` says why. */
  state: z.enum(['starting', 'watching', 'offline', 'failed']),
  fault: FaultValue.nullable(),
  /** UTC, ISO 8601; null while nothing has come. */
  lastArrivalAt: z.iso.datetime().nullable(),
  /** Files that settled. */
  files: z.int().nonnegative(),
  /** How many files no naming matched, and the first of them. */
  unmatched: z.object({ count: z.int().nonnegative(), paths: z.array(z.string()).max(200) }),
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
  'folders.watch': call(
    z.object({ handle: FolderHandle, naming: z.string().min(1).max(500).default('auto') }),
    WatchedFolder,
    ['folder-handle-unknown', 'folder-watched-already', 'store-misplaced', 'bad-option'],
  ),
  /** Reads a watched folder from the start by another way of naming; what was recorded stays. */
  'folders.reread': call(
    z.object({ folderId: z.int().nonnegative(), naming: z.string().min(1).max(500) }),
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
