import type { Sha256 } from '#core/brand.ts'
import {
  expected,
  ifPresent,
  isAbsent,
  isMap,
  itemsOf,
  member,
  textOf,
  type Field,
} from './field.ts'
import { invalid } from './objection.ts'
import { packageName } from './package-name.ts'

/** A file that a description names, and the hash it states. */
export interface NamedFile {
  readonly name: string
  readonly sha256: Sha256 | null
  readonly role: 'weights' | 'test tensor' | 'card' | 'attachment' | 'statistics' | 'other'
  /** Where the description names it. */
  readonly field: string
}

export type FileRole = NamedFile['role']

/** `{source, sha256}`, or as older descriptions have it only the name. */
export function readFile(field: Field, role: FileRole): NamedFile {
  const source = isMap(field) ? member(field, 'source') : field
  const hash = isMap(field) ? member(field, 'sha256') : { path: field.path, value: null }
  return {
    name: packageName(textOf(source), source.path),
    sha256: ifPresent(hash, hashOf, null),
    role,
    field: source.path,
  }
}

/**
 * A file that people read, or that is not for us: where it lies elsewhere, the package is complete without it.
 * Nothing is ever fetched.
 */
export function readFileHere(field: Field, role: FileRole): NamedFile | null {
  const source = isMap(field) ? member(field, 'source') : field
  return isAbsent(source) || isAddress(textOf(source)) ? null : readFile(field, role)
}

export function readAttachments(field: Field): readonly NamedFile[] {
  // 0.4 has a map with `files`, 0.5 the list itself.
  const list = isMap(field) ? member(field, 'files') : field
  return itemsOf(list).flatMap(item => readFileHere(item, 'attachment') ?? [])
}

/** Files of which only the hash is looked at, if they are there: samples, covers, weights of other formats. */
export function readOthers(fields: readonly Field[]): readonly NamedFile[] {
  return fields.flatMap(field => readFileHere(field, 'other') ?? [])
}

export function hashOf(field: Field): Sha256 {
  const text = textOf(field).toLowerCase()
  return isSha256(text) ? text : expected(field, '64 hexadecimal digits')
}

/** The files of a package, each once; two statements about one file have to agree. */
export function mergeFiles(files: readonly NamedFile[]): readonly NamedFile[] {
  const merged = new Map<string, NamedFile>()
  for (const file of files) {
    const known = merged.get(file.name)
    if (known?.sha256 && file.sha256 && known.sha256 !== file.sha256) {
      invalid(`${file.field} and ${known.field} state different hashes for ${file.name}`)
    }
    if (known === undefined || known.role === 'other') {
      merged.set(file.name, { ...file, sha256: file.sha256 ?? known?.sha256 ?? null })
    } else if (known.sha256 === null) merged.set(file.name, { ...known, sha256: file.sha256 })
  }
  return [...merged.values()]
}

function isSha256(text: string): text is Sha256 {
  return /^[0-9a-f]{64}$/.test(text)
}

function isAddress(text: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(text)
}
