import type { ObjectsJob, ObjectsReply } from './job.ts'
import { readObjects } from './object-file.ts'

/** The rows of a field's objects as the window takes them. A table of thousands takes too long for who answers it. */
export async function listObjects({ table }: ObjectsJob): Promise<ObjectsReply> {
  const { count, columns } = await readObjects(table)
  return {
    kind: 'objects',
    count,
    columns: columns.map(({ name, values }) => ({
      name,
      values: Array.from(values, value => (Number.isFinite(value) ? value : null)),
    })),
  }
}
