import { fail, ok, type FaultOf, type Result } from '#core/fault.ts'
import { wellName, type PlateSize } from '#core/plate/well.ts'
import type { FileAccess } from '../file-access.ts'
import { visitXml, type XmlElement } from '../visit-xml.ts'

export type Access = Pick<FileAccess, 'readStart'>
export type Attributes = XmlElement['attributes']

/** Visits a file that is written at once: one that ends in the middle is damaged. */
export async function visitWhole(
  access: Access,
  path: string,
  root: string,
  open: (element: Omit<XmlElement, 'text'>) => void,
  close?: (element: XmlElement) => void,
): Promise<Result<void>> {
  let outermost = ''
  const visit = await visitXml(access, path, {
    open: element => {
      if (element.within.length === 0) outermost = element.name
      if (outermost === root) open(element)
    },
    close: element => {
      if (outermost === root) close?.(element)
    },
  })
  if (!visit.ok) return visit
  if (outermost !== root) return invalid(path, `it begins with <${outermost}>, not <${root}>`)
  return visit.value.complete ? ok(undefined) : invalid(path, 'it ends in the middle')
}

export function plateSize(rows: string | undefined, columns: string | undefined): PlateSize | null {
  const size = { rows: count(rows) ?? 0, columns: count(columns) ?? 0 }
  return isPlace(size.rows, size.columns) ? size : null
}

/** Null for what is no well of any plate. */
export function wellOf({ Row, Column }: Attributes): string | null {
  const [row, column] = [count(Row) ?? 0, count(Column) ?? 0]
  return isPlace(row, column) ? wellName({ row: row - 1, column: column - 1 }) : null
}

/** Whether a well's name can count so far, from 1. */
function isPlace(row: number, column: number): boolean {
  return row >= 1 && row <= 52 && column >= 1 && column <= 99
}

/** A number that counts something; 0 is none, for everything counts from 1. */
export function count(text: string | undefined): number | null {
  return text !== undefined && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null
}

export function invalid(path: string, detail: string): Result<never, FaultOf<'index-invalid'>> {
  return fail({ kind: 'index-invalid', path, detail })
}
