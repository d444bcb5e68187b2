import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readPackage, type ModelPackage } from '#workstation/inference/packages/read-package.ts'
import { fixture, fixturePath } from './fixture.ts'
import { editedDescription, packageFolder, scratchFolder, type Edit } from './make-package.ts'

async function read(path: string): Promise<ModelPackage> {
  const read = await readPackage(path)
  if (!read.ok) throw new Error(JSON.stringify(read.fault))
  return read.value
}

async function complaint(path: string): Promise<string> {
  const read = await readPackage(path)
  if (read.ok) throw new Error('it was taken')
  const { fault } = read
  return 'detail' in fault ? `${fault.kind}: ${fault.detail}` : fault.kind
}

describe('a package in a folder', () => {
  test('has what its description says, and nothing else', async () => {
    const folder = packageFolder()
    writeFileSync(join(folder, 'notes.txt'), 'nobody names this')
    const found = await read(folder)
    expect(found.files.map(({ name, role, bytes }) => [name, role, bytes])).toEqual([
      ['weights.onnx', 'weights', 181],
      ['test_input.npy', 'test tensor', 2048],
      ['test_output.npy', 'test tensor', 3968],
      ['README.md', 'card', 55],
    ])
    expect(found.folder).toBe(folder)
    expect(found.descriptionText).toBe(readFileSync(join(folder, 'rdf.yaml'), 'utf8'))
    expect(found.description.card).toMatch(/^# Edges/)
    await found.dispose()
    expect(statSync(join(folder, 'weights.onnx')).size).toBe(181)
  })

  test('may be named by its description', async () => {
    const folder = packageFolder()
    renameSync(join(folder, 'rdf.yaml'), join(folder, 'edges.bioimageio.yaml'))
    expect((await read(join(folder, 'edges.bioimageio.yaml'))).description.name).toBe(
      'Edges of tests',
    )
    expect((await read(folder)).description.name).toBe('Edges of tests')
  })

  test('is asked which of several descriptions is meant', async () => {
    const folder = packageFolder()
    renameSync(join(folder, 'rdf.yaml'), join(folder, 'a.bioimageio.yaml'))
    writeFileSync(join(folder, 'b.bioimageio.yaml'), '')
    expect(await complaint(folder)).toMatch(
      /a\.bioimageio\.yaml, b\.bioimageio\.yaml; name the one/,
    )
  })

  test('may hold hard links and links within itself', async () => {
    const folder = packageFolder()
    renameSync(join(folder, 'weights.onnx'), join(folder, 'real.onnx'))
    symlinkSync('real.onnx', join(folder, 'weights.onnx'))
    rmSync(join(folder, 'README.md'))
    linkSync(fixturePath('edges/README.md'), join(folder, 'README.md'))
    expect((await read(folder)).files).toHaveLength(4)
  })

  test.each([
    ['no folder', (folder: string) => rmSync(folder, { recursive: true }), /^file-not-found/],
    ['no description', (folder: string) => rmSync(join(folder, 'rdf.yaml')), /no description/],
    [
      'no weights',
      (folder: string) => rmSync(join(folder, 'weights.onnx')),
      /weights\.onnx\.source names weights\.onnx, which is not in the package/,
    ],
    [
      'changed weights',
      (folder: string) => writeFileSync(join(folder, 'weights.onnx'), fixture('noise.onnx')),
      /refused: weights\.onnx has the SHA-256 \w{64}, weights\.onnx\.source states \w{64}/,
    ],
    [
      'a changed test tensor',
      (folder: string) => writeFileSync(join(folder, 'test_input.npy'), 'x'),
      /refused: test_input\.npy has the SHA-256/,
    ],
    [
      'weights that are a link out of it',
      (folder: string) => {
        rmSync(join(folder, 'weights.onnx'))
        symlinkSync(fixturePath('edges/weights.onnx'), join(folder, 'weights.onnx'))
      },
      /refused: weights\.onnx is a link to a file outside the package/,
    ],
    [
      'weights that are a link to themselves',
      (folder: string) => {
        rmSync(join(folder, 'weights.onnx'))
        symlinkSync('weights.onnx', join(folder, 'weights.onnx'))
      },
      /refused: weights\.onnx is a link that leads to itself/,
    ],
    [
      'a description that is a link out of it',
      (folder: string) => {
        rmSync(join(folder, 'rdf.yaml'))
        symlinkSync(fixturePath('edges/rdf.yaml'), join(folder, 'rdf.yaml'))
      },
      /refused: rdf\.yaml is a link to a file outside/,
    ],
    [
      'a folder for weights',
      (folder: string) => {
        rmSync(join(folder, 'weights.onnx'))
        mkdirSync(join(folder, 'weights.onnx'))
      },
      /refused: weights\.onnx is not a file/,
    ],
    [
      'a description of 2 MB',
      (folder: string) => writeFileSync(join(folder, 'rdf.yaml'), ' '.repeat(2 ** 21)),
      /refused: the description has 2097152 bytes; allowed: 65536/,
    ],
    [
      'a description that is no text',
      (folder: string) => writeFileSync(join(folder, 'rdf.yaml'), Uint8Array.of(0x61, 0xff, 0xfe)),
      /invalid: the description is not UTF-8/,
    ],
  ])('with %s is not taken', async (_, damage, message) => {
    const folder = packageFolder()
    damage(folder)
    expect(await complaint(folder)).toMatch(message)
  })

  test('with an archive for weights is not taken', async () => {
    const folder = packageFolder(editedDescription([/(source: weights\.onnx\s+)sha256: \w+/, '$1']))
    writeFileSync(join(folder, 'weights.onnx'), 'PK\x03\x04and so on')
    expect(await complaint(folder)).toMatch(/refused: weights\.onnx is an archive/)
  })
})

describe('where a description says files are', () => {
  const source = /source: weights\.onnx/
  test.each<readonly [string, Edit, RegExp]>([
    [
      'an address',
      [source, 'source: https://example.com/weights.onnx'],
      /invalid: weights\.onnx\.source is the address https.*download the file/,
    ],
    [
      'an absolute name',
      [source, 'source: /etc/passwd'],
      /refused: weights\.onnx\.source is "\/etc\/passwd"; allowed/,
    ],
    ['the folder above', [source, 'source: ../weights.onnx'], /refused/],
    ['the folder above, on the way', [source, 'source: a/../../weights.onnx'], /refused/],
    ['a drive', [source, String.raw`source: 'C:\weights.onnx'`], /refused/],
    ['a share', [source, String.raw`source: '\\server\weights.onnx'`], /refused/],
    ['a stream', [source, "source: 'weights.onnx:hidden'"], /refused/],
    ['a device of Windows', [source, 'source: sub/nul.onnx'], /refused/],
    ['a name that Windows shortens', [source, "source: 'weights.onnx.'"], /refused/],
    [
      'a test tensor elsewhere',
      ['source: test_input.npy', 'source: ftp://a/b.npy'],
      /invalid: inputs\[0\]\.test_tensor\.source is the address/,
    ],
  ])('%s is not followed', async (_, edit, message) => {
    expect(await complaint(packageFolder(editedDescription(edit)))).toMatch(message)
  })

  test('a card elsewhere is not fetched, and not missed', async () => {
    const folder = packageFolder(
      editedDescription(
        ['documentation: README.md', 'documentation: https://example.com/README.md'],
        ['- source: README.md', '- source: https://example.com/a.md'],
      ),
    )
    const { description, files } = await read(folder)
    expect([description.card, files.length]).toEqual([null, 3])
  })

  test('hashes of samples and of other weights hold where these files are there', async () => {
    const edit: Edit = [
      /^weights:\n/m,
      `weights:\n  torchscript:\n    source: weights.pt\n    sha256: ${'ab'.repeat(32)}\n`,
    ]
    const folder = packageFolder(editedDescription(edit))
    expect((await read(folder)).files).toHaveLength(4)
    writeFileSync(join(folder, 'weights.pt'), 'other weights')
    expect(await complaint(folder)).toMatch(/refused: weights\.pt has the SHA-256/)
  })

  test('the statistics that tell foreign images belong to the package', async () => {
    const folder = packageFolder(
      editedDescription([
        'task: semantic',
        'task: semantic\n    out_of_distribution: statistics.json',
      ]),
    )
    expect(await complaint(folder)).toMatch(
      /config\.parfocal\.out_of_distribution names statistics\.json, which is not/,
    )
    writeFileSync(join(folder, 'statistics.json'), '{}')
    expect((await read(folder)).files.map(({ role }) => role)).toContain('statistics')
  })
})

test('a folder without a package says what it looked for', async () => {
  expect(await complaint(scratchFolder())).toMatch(
    /allowed: bioimageio\.yaml, rdf\.yaml or model\.yaml/,
  )
})
