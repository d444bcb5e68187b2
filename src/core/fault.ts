import type { FieldId, PlaneId, PlateId } from './brand.ts'

/**
 * A failure we expect and can explain to the person at the microscope.
 *
 * Faults are plain data rather than Error subclasses because they cross process borders
 * and are written to the store, and a class survives neither trip. `path` names the file or
 * folder the fault is about, `detail` says what was seen; words for people are in fault-text.ts.
 */
export type Fault =
  // One image file
  | { readonly kind: 'file-not-found'; readonly path: string }
  | { readonly kind: 'file-locked'; readonly path: string; readonly detail: string }
  | { readonly kind: 'file-changed'; readonly path: string }
  | { readonly kind: 'not-an-image'; readonly path: string; readonly detail: string }
  | { readonly kind: 'image-truncated'; readonly path: string; readonly detail: string }
  | { readonly kind: 'image-corrupt'; readonly path: string; readonly detail: string }
  | { readonly kind: 'image-unsupported'; readonly path: string; readonly detail: string }
  | { readonly kind: 'image-too-large'; readonly path: string; readonly detail: string }
  | { readonly kind: 'size-mismatch'; readonly path: string; readonly detail: string }
  | { readonly kind: 'format-mismatch'; readonly path: string; readonly detail: string }
  | { readonly kind: 'depth-missing'; readonly path: string; readonly detail: string }
  // A folder and its index
  | { readonly kind: 'folder-not-found'; readonly path: string }
  | { readonly kind: 'folder-offline'; readonly path: string; readonly detail: string }
  | { readonly kind: 'index-invalid'; readonly path: string; readonly detail: string }
  | { readonly kind: 'table-invalid'; readonly path: string; readonly detail: string }
  | { readonly kind: 'pages-unnamed'; readonly path: string; readonly detail: string }
  | { readonly kind: 'plane-claimed-twice'; readonly path: string; readonly other: string }
  // A worker process
  | { readonly kind: 'deadline-exceeded'; readonly path: string; readonly seconds: number }
  | { readonly kind: 'memory-exceeded'; readonly path: string; readonly megabytes: number }
  | { readonly kind: 'worker-lost'; readonly path: string; readonly detail: string }
  // The store
  | { readonly kind: 'store-not-found'; readonly path: string }
  | { readonly kind: 'store-in-use'; readonly path: string; readonly pid: number | null }
  | { readonly kind: 'store-damaged'; readonly path: string; readonly detail: string }
  | { readonly kind: 'store-newer'; readonly path: string; readonly detail: string }
  | { readonly kind: 'store-not-writable'; readonly path: string; readonly detail: string }
  | { readonly kind: 'store-misplaced'; readonly path: string; readonly detail: string }
  | { readonly kind: 'disk-full'; readonly path: string }
  | { readonly kind: 'artifact-missing'; readonly path: string }
  | { readonly kind: 'settings-invalid'; readonly path: string; readonly detail: string }
  // What somebody asked for
  | {
      readonly kind: 'bad-option'
      readonly option: string
      readonly value: string
      readonly allowed: string
    }
  | {
      readonly kind: 'recipe-invalid'
      readonly path: string
      readonly field: string
      readonly value: string
      readonly allowed: string
    }
  | { readonly kind: 'output-not-writable'; readonly path: string; readonly detail: string }
  // A network
  | { readonly kind: 'model-invalid'; readonly path: string; readonly detail: string }
  | { readonly kind: 'model-refused'; readonly path: string; readonly detail: string }
  | { readonly kind: 'model-differs'; readonly path: string; readonly detail: string }
  | { readonly kind: 'model-not-found'; readonly model: string }
  | { readonly kind: 'model-not-usable'; readonly model: string; readonly detail: string }
  | { readonly kind: 'model-registered-otherwise'; readonly model: string }
  | { readonly kind: 'provider-failed'; readonly provider: string; readonly detail: string }
  | { readonly kind: 'inference-failed'; readonly model: string; readonly detail: string }
  // What the window asked about
  | { readonly kind: 'plate-not-found'; readonly plateId: PlateId }
  | { readonly kind: 'field-not-found'; readonly fieldId: FieldId }
  | { readonly kind: 'plane-not-found'; readonly planeId: PlaneId }
  | { readonly kind: 'record-not-found'; readonly record: string }
  | { readonly kind: 'recipe-not-found'; readonly hash: string }
  | { readonly kind: 'decision-not-found'; readonly decisionId: number }
  | { readonly kind: 'layout-invalid'; readonly line: number; readonly detail: string }
  | { readonly kind: 'folder-watched-already'; readonly path: string }
  | { readonly kind: 'folder-handle-unknown' }
  // Between the window and its host: the host is away, or mistakes of ours
  | { readonly kind: 'host-unreachable'; readonly detail: string }
  | { readonly kind: 'bad-request'; readonly call: string; readonly detail: string }
  | { readonly kind: 'unexpected'; readonly ticket: string }

export type FaultKind = Fault['kind']
export type FaultOf<K extends FaultKind> = Extract<Fault, { readonly kind: K }>

export type Result<T, F extends Fault = Fault> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: F }

export function ok<T>(value: T): Result<T, never> {
  return { ok: true, value }
}

export function fail<const F extends Fault>(fault: F): Result<never, F> {
  return { ok: false, fault }
}

/** Makes a missing `case` a compile error. */
export function assertNever(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`)
}
