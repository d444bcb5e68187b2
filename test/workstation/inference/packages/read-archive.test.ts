import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readPackage } from '#workstation/inference/packages/read-package.ts'
import { fixture } from './fixture.ts'
import { editedDescription, scratchFolder } from './make-package.ts'
import { makeZip, type ZipEntry } from './make-zip.ts'

const NAMES = ['weights.onnx', 'test_input.npy', 'test_output.npy', 'README.md']
const whole: readonly ZipEntry[] = [
  { name: 'rdf.yaml', data: editedDescription() },
  ...NAMES.map(name => ({ name, data: fixture(`edges/${name}`) })),
]

/** The package with one entry replaced. */
function withEntry(entry: ZipEntry): readonly ZipEntry[] {
  return whole.map(known => (known.name === entry.name ? entry : known))
}

interface Outcome {
  readonly text: string
  readonly left: readonly string[]
}

async function refusal(zip: Uint8Array): Promise<Outcome> {
  const folder = scratchFolder()
  const path = join(folder, 'package.zip')
  writeFileSync(path, zip)
  const read = await readPackage(path, folder)
  if (read.ok) throw new Error('it was taken')
  const { fault } = read
  const left = readdirSync(folder).filter(name => name !== 'package.zip')
  return { text: 'detail' in fault ? `${fault.kind}: ${fault.detail}` : fault.kind, left }
}

describe('a package in an archive', () => {
  test.each([
    ['its files at the top', ''],
    ['one folder around them', 'edges-main/'],
  ])('is unpacked, with %s', async (_, base) => {
    const scratch = scratchFolder()
    const path = join(scratch, 'edges.zip')
    const more = { name: 'notes/secret.txt', data: 'nobody names this' }
    const entries =
      base === '' ? [...whole, { name: 'notes/', data: '', stored: true }, more] : whole
    writeFileSync(path, makeZip(entries.map(entry => ({ ...entry, name: base + entry.name }))))
    const read = await readPackage(path, scratch)
    if (!read.ok) throw new Error(JSON.stringify(read.fault))
    const { folder, files, dispose, descriptionText } = read.value
    expect(descriptionText).toBe(editedDescription())
    expect(files.map(({ name }) => name)).toEqual(NAMES)
    expect(readdirSync(folder).sort()).toEqual([...NAMES].sort())
    for (const name of NAMES) {
      expect(Uint8Array.from(readFileSync(join(folder, name)))).toEqual(fixture(`edges/${name}`))
    }
    if (process.platform !== 'win32') {
      expect(statSync(folder).mode & 0o777).toBe(0o700)
      expect(statSync(join(folder, 'weights.onnx')).mode & 0o777).toBe(0o600)
    }
    await dispose()
    expect(existsSync(folder)).toBe(false)
  })

  test('is known by its content, not by its name', async () => {
    const path = join(scratchFolder(), 'edges.model')
    writeFileSync(path, makeZip(whole))
    const read = await readPackage(path)
    expect(read.ok).toBe(true)
    if (read.ok) await read.value.dispose()
  })
})

describe('an archive is refused, and leaves nothing behind, for', () => {
  const named = (name: string): readonly ZipEntry[] => [...whole, { name, data: 'x' }]
  const zeros = new Uint8Array(80 * 2 ** 20)
  test.each<readonly [string, () => readonly ZipEntry[], RegExp]>([
    [
      'a name that climbs',
      () => named('../../evil.txt'),
      /refused: an entry of the archive is "\.\.\/\.\.\/evil\.txt"/,
    ],
    ['a name that climbs on the way', () => named('a/../../evil.txt'), /refused/],
    ['an absolute name', () => named('/etc/evil'), /refused/],
    ['a backslash', () => named(String.raw`..\evil.txt`), /refused/],
    ['a drive', () => named('C:/evil.txt'), /refused/],
    ['a device of Windows', () => named('a/COM1.txt'), /refused/],
    ['a name that Windows shortens', () => named('evil.txt '), /refused/],
    ['a zero in a name', () => named('a\0b'), /refused/],
    ['an empty name', () => named(''), /refused/],
    [
      'a symbolic link',
      () => [...whole, { name: 'link', data: '/etc/passwd', attributes: 0xa1ff0000 }],
      /link is a symbolic link/,
    ],
    [
      'a device node',
      () => [...whole, { name: 'node', data: '', attributes: 0x61ff0000 }],
      /node is not a file/,
    ],
    ['two entries of one name', () => [...whole, whole[1]!], /two entries named weights\.onnx/],
    [
      'two entries that differ by case',
      () => named('Weights.ONNX'),
      /two entries named Weights\.ONNX/,
    ],
    [
      'two entries that differ by composition',
      () => [...named('é'), { name: 'e\u0301', data: 'x' }],
      /two entries/,
    ],
    [
      'a file that is a folder too',
      () => [...whole, { name: 'readme.md/', data: '', stored: true }],
      /two entries/,
    ],
    ['encryption', () => withEntry({ ...whole[1]!, flags: 1 }), /weights\.onnx is encrypted/],
    [
      'an unknown compression',
      () => withEntry({ ...whole[1]!, method: 14 }),
      /method 14; allowed: deflate/,
    ],
    [
      'weights longer than it says',
      () => withEntry({ ...whole[1]!, length: 100 }),
      /refused: the archive is not as it should be: too many bytes/,
    ],
    [
      'weights shorter than it says',
      () => withEntry({ ...whole[1]!, length: 500 }),
      /refused: the archive is not as it should be: not enough bytes/,
    ],
    ['a wrong checksum', () => withEntry({ ...whole[4]!, crc: 7 }), /README\.md is damaged/],
    [
      'changed weights',
      () => withEntry({ ...whole[1]!, data: fixture('noise.onnx') }),
      /has the SHA-256/,
    ],
    [
      'an archive for weights',
      () => [
        {
          name: 'rdf.yaml',
          data: editedDescription([/(source: weights\.onnx\s+)sha256: \w+/, '$1']),
        },
        { name: 'weights.onnx', data: makeZip(whole), stored: true },
        ...whole.slice(2),
      ],
      /weights\.onnx is an archive/,
    ],
    [
      'a bomb of 1000 : 1',
      () => withEntry({ name: 'test_input.npy', data: zeros }),
      /test_input\.npy swells to 83886080 bytes/,
    ],
    [
      'terabytes that it claims',
      () => withEntry({ ...whole[1]!, length: 0xfffffff0 }),
      /4294967280 bytes; allowed: 2147483648/,
    ],
    [
      'a description of 2 MB',
      () => withEntry({ name: 'rdf.yaml', data: ' '.repeat(2 ** 21) }),
      /the description has 2097152 bytes/,
    ],
    [
      '5000 entries',
      () => Array.from({ length: 5000 }, (_, i) => ({ name: `${i}`, data: '', stored: true })),
      /has 5000 entries; allowed: 4096/,
    ],
    ['no description', () => whole.slice(1), /no description in the archive/],
    [
      'no weights',
      () => whole.filter(({ name }) => name !== 'weights.onnx'),
      /which is not in the package/,
    ],
  ])('%s', async (_, entries, message) => {
    const zip = makeZip(entries())
    const before = performance.now()
    const memory = process.memoryUsage().rss
    const { text, left } = await refusal(zip)
    expect(text).toMatch(message)
    expect(left).toEqual([])
    expect(performance.now() - before).toBeLessThan(5000)
    expect(process.memoryUsage().rss - memory).toBeLessThan(100 * 2 ** 20)
  })

  test.each([
    ['a cut end', (zip: Uint8Array) => zip.slice(0, zip.length - 30)],
    ['nothing but its beginning', () => Uint8Array.from(Buffer.from('PK\x03\x04'))],
    [
      'a directory in disorder',
      (zip: Uint8Array) =>
        zip.map((byte, i) => (i > zip.length - 120 && i < zip.length - 60 ? 255 : byte)),
    ],
  ])('%s', async (_, damage) => {
    const { text, left } = await refusal(damage(makeZip(whole)))
    expect(text).toMatch(/^model-refused: the archive is not as it should be/)
    expect(left).toEqual([])
  })

  test('a name that is refused even where nobody asks for the file', async () => {
    const { text } = await refusal(makeZip([{ name: '../a', data: '' }, ...whole]))
    expect(text).toMatch(/refused/)
  })
})
