import { z } from 'zod'

/** How an array is stored, as far as it can be read; Zarr 2 and 3 alike. */
export interface ArrayMetadata {
  /** Pixels along each axis, the slowest first. */
  readonly shape: readonly number[]
  /** Of what lies in one file: a chunk, or a shard of several. */
  readonly stored: readonly number[]
  /** Of what is decoded in one piece. */
  readonly chunk: readonly number[]
  /** As Zarr 3 calls it: `uint16`. */
  readonly type: string
  /** Between the indexes in the name of a chunk's file, and before the first of them. */
  readonly separator: '/' | '.'
  readonly prefix: string
  /** Its chunks are not compressed, so that a shorter one is not all there. */
  readonly plain: boolean
  /** What of it would be read wrongly or not at all; null where there is nothing of it. */
  readonly unsupported: string | null
}

export type Description =
  | { readonly ok: true; readonly metadata: ArrayMetadata }
  | { readonly ok: false; readonly problem: string }

/** Reads `.zarray` (Zarr 2) or the `zarr.json` of an array (Zarr 3); the specifications of both are at zarr.dev. */
export function describeArray(name: string, json: Uint8Array): Description {
  let parsed: unknown
  try {
    parsed = JSON.parse(new TextDecoder().decode(json))
  } catch {
    return { ok: false, problem: `${name} is no JSON` }
  }
  const read = name === '.zarray' ? OLDER.safeParse(parsed) : NEWER.safeParse(parsed)
  if (!read.success) {
    const [issue] = read.error.issues
    return { ok: false, problem: `${name}, ${issue?.path.join('.')}: ${issue?.message}` }
  }
  const metadata = read.data
  const { shape, stored, chunk } = metadata
  if (stored.length !== shape.length || chunk.length !== shape.length) {
    return { ok: false, problem: `${name}: chunks of other axes than the array` }
  }
  if (stored.some((size, axis) => size % chunk[axis]! !== 0)) {
    return { ok: false, problem: `${name}: shards that do not hold whole chunks` }
  }
  return { ok: true, metadata }
}

const SIZES = z
  .array(
    z
      .int()
      .min(1)
      .max(2 ** 31 - 1),
  )
  .min(1)
  .max(8)

const TYPES: ReadonlyMap<string, string> = new Map([
  ['u1', 'uint8'],
  ['u2', 'uint16'],
  ['u4', 'uint32'],
  ['i1', 'int8'],
  ['i2', 'int16'],
  ['i4', 'int32'],
  ['f4', 'float32'],
  ['f8', 'float64'],
])

/** Compressions of Zarr 2, by their ids in numcodecs. */
const OLDER_CODECS = ['blosc', 'zstd', 'gzip', 'zlib', 'lz4']

const OLDER = z
  .object({
    zarr_format: z.literal(2),
    shape: SIZES,
    chunks: SIZES,
    dtype: z.union([z.string().max(50), z.array(z.unknown())]),
    order: z.enum(['C', 'F']),
    compressor: z.looseObject({ id: z.string().max(50) }).nullable(),
    filters: z.array(z.looseObject({ id: z.string().max(50) })).nullish(),
    dimension_separator: z.enum(['.', '/']).default('.'),
  })
  .transform(({ shape, chunks, dtype, compressor, filters, dimension_separator: separator }) => {
    const known = typeof dtype === 'string' && /^[<>|]/.test(dtype)
    const strange =
      filters?.[0]?.id ??
      (compressor === null || OLDER_CODECS.includes(compressor.id) ? null : compressor.id)
    return {
      shape,
      stored: chunks,
      chunk: chunks,
      type: (known ? TYPES.get(dtype.slice(1)) : undefined) ?? JSON.stringify(dtype),
      separator,
      prefix: '',
      plain: compressor === null,
      unsupported: strange === null ? null : `codec ${strange}`,
    }
  })

const CODEC = z.object({ name: z.string().max(50), configuration: z.looseObject({}).optional() })

const NEWER = z
  .object({
    zarr_format: z.literal(3),
    node_type: z.literal('array'),
    shape: SIZES,
    data_type: z.union([z.string().max(50), z.looseObject({ name: z.string().max(50) })]),
    chunk_grid: z.object({
      name: z.literal('regular'),
      configuration: z.object({ chunk_shape: SIZES }),
    }),
    chunk_key_encoding: z.object({
      name: z.enum(['default', 'v2']),
      configuration: z.object({ separator: z.enum(['.', '/']).optional() }).optional(),
    }),
    codecs: z.array(CODEC).min(1).max(10),
    storage_transformers: z.array(z.unknown()).optional(),
  })
  .transform((array, context) => {
    const { shape, data_type: type, chunk_key_encoding: key, codecs } = array
    const stored = array.chunk_grid.configuration.chunk_shape
    const older = key.name === 'v2'
    const separator: '/' | '.' = key.configuration?.separator ?? (older ? '.' : '/')
    const shards = codecs.some(({ name }) => name === 'sharding_indexed')
    const shard = shards ? SHARD.safeParse(codecs[0]?.configuration) : null
    if (shard?.success === false) {
      context.addIssue({
        code: 'custom',
        path: ['codecs'],
        message: shard.error.issues[0]!.message,
      })
      return z.NEVER
    }
    const transformed = (array.storage_transformers?.length ?? 0) > 0
    const strange =
      shard === null
        ? strangeCodec(codecs)
        : codecs.length > 1
          ? 'sharding_indexed beside others'
          : (strangeCodec(shard.data.codecs) ?? strangeIndex(stored, shard.data))
    return {
      shape,
      stored,
      chunk: shard?.data.chunk_shape ?? stored,
      type: typeof type === 'string' ? type : type.name,
      separator,
      prefix: older ? '' : `c${separator}`,
      plain: codecs.every(({ name }) => name === 'bytes' || name === 'transpose'),
      unsupported: transformed
        ? 'storage transformers'
        : strange === null
          ? null
          : `codec ${strange}`,
    }
  })

const SHARD = z.object({
  chunk_shape: SIZES,
  codecs: z.array(CODEC).min(1).max(10),
  index_codecs: z.array(CODEC).min(1).max(10),
  index_location: z.enum(['start', 'end']).default('end'),
})

/** The codecs in the order of writing: at most a transposition, the bytes, a compression and a checksum. */
function strangeCodec(codecs: readonly z.infer<typeof CODEC>[]): string | null {
  const order = ['transpose', 'bytes', 'blosc|zstd|gzip', 'crc32c']
  let from = 0
  for (const { name } of codecs) {
    const place = order.findIndex((names, i) => i >= from && names.split('|').includes(name))
    if (place === -1) return name
    from = place + 1
  }
  return codecs.some(({ name }) => name === 'bytes') ? null : 'without bytes'
}

/** Chunks of one shard: its index takes 16 bytes for each. */
const MOST_IN_SHARD = 65_536

/** zarrita looks for the index at the end of a shard. */
function strangeIndex(stored: readonly number[], shard: z.infer<typeof SHARD>): string | null {
  const chunks = stored.reduce((count, size, axis) => count * (size / shard.chunk_shape[axis]!), 1)
  if (chunks > MOST_IN_SHARD) return `sharding_indexed with ${chunks} chunks`
  if (shard.index_location === 'start') return 'sharding_indexed with its index at the start'
  const odd = shard.index_codecs.find(({ name }) => name !== 'bytes' && name !== 'crc32c')
  return odd === undefined ? null : `${odd.name} of a shard's index`
}
