import type { ParfocalApi } from '#contract/index.ts'
import type { PlaneDescription } from '#contract/pixels.ts'
import type { FieldRow, PlaneRow } from '#contract/plates.ts'
import type { FieldId, PlaneId } from '#core/brand.ts'
import { fail, ok, type Result } from '#core/fault.ts'
import type { PixelSource } from '../../lib/pixels.ts'
import type { OpenedField } from './picture.ts'

const MOST_FIELDS = 32

/** Fields that were opened lately or will be next, with what is known of their planes. */
export function createFieldShelf(
  api: Pick<ParfocalApi, 'fields.open'>,
  pixels: Pick<PixelSource, 'json'>,
) {
  const fields = new Map<FieldId, Promise<Result<OpenedField>>>()
  const never = new AbortController().signal

  async function read(
    fieldId: FieldId,
    planesOf: (field: FieldRow) => readonly PlaneRow[],
  ): Promise<Result<OpenedField>> {
    const reply = await api['fields.open']({ fieldId })
    if (!reply.ok) return reply
    const described = await describe(planesOf(reply.value.field))
    return ok({ details: reply.value, described })
  }

  async function describe(
    planes: readonly PlaneRow[],
  ): Promise<ReadonlyMap<PlaneId, Result<PlaneDescription>>> {
    const entries = planes
      .filter(({ state }) => state !== 'unreadable')
      .map(async ({ planeId, version }) => {
        const request = { kind: 'about', planeId, version } as const
        return [planeId, await pixels.json<PlaneDescription>(request, never)] as const
      })
    return new Map(await Promise.all(entries))
  }

  return {
    /** @param planesOf which of its planes will be looked at */
    open(
      fieldId: FieldId,
      planesOf: (field: FieldRow) => readonly PlaneRow[],
    ): Promise<Result<OpenedField>> {
      const known = fields.get(fieldId)
      fields.delete(fieldId)
      const opened =
        known ??
        read(fieldId, planesOf).catch(() =>
          fail({ kind: 'host-unreachable', detail: 'no connection' }),
        )
      fields.set(fieldId, opened)
      void opened.then(result => {
        // What failed is asked for again next time.
        if (!result.ok && fields.get(fieldId) === opened) fields.delete(fieldId)
      })
      for (const oldest of fields.keys()) {
        if (fields.size <= MOST_FIELDS) break
        fields.delete(oldest)
      }
      return opened
    },
    describe,
    /** Forgets what is known, because it has changed. */
    clear: () => fields.clear(),
  }
}

export type FieldShelf = ReturnType<typeof createFieldShelf>
