import type { FaultKind } from '#core/fault.ts'

const STATUS: Partial<Readonly<Record<FaultKind, number>>> = {
  'bad-request': 404,
  'plane-not-found': 404,
  'plate-not-found': 404,
  'record-not-found': 404,
  'file-not-found': 404,
  'artifact-missing': 404,
  'file-changed': 410,
  'not-an-image': 422,
  'image-truncated': 422,
  'image-corrupt': 422,
  'image-unsupported': 422,
  'image-too-large': 422,
  unexpected: 500,
}

/** The status of HTTP with which a fault about pixels is told; 503 where another try may do better. */
export function faultStatus(kind: FaultKind): number {
  return STATUS[kind] ?? 503
}
