import type { ModelRow } from '../../store/models.ts'

/** A network as recipes and people name it; without a version, whichever is trusted most. */
export interface ModelReference {
  readonly model: string
  readonly version: string | null
}

/** Reads `id@version` or `id`. */
export function parseReference(text: string): ModelReference {
  const at = text.lastIndexOf('@')
  if (at <= 0) return { model: text, version: null }
  return { model: text.slice(0, at), version: text.slice(at + 1) }
}

/** `id@version` */
export function referenceOf({ model, version }: Pick<ModelRow, 'model' | 'version'>): string {
  return `${model}@${version}`
}
