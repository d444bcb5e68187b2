import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundledName, serveBundle } from '../../../src/workstation/serving/serve-bundle.ts'

describe('the name of a bundled file', () => {
  test.each([
    ['/', 'index.html'],
    ['/index.html', 'index.html'],
    ['/assets/index-Bj_0.js', 'assets/index-Bj_0.js'],
  ])('%s is %s', (path, name) => {
    expect(bundledName(path)).toBe(name)
  })

  test.each([
    '/../package.json',
    '/assets/../../package.json',
    '/assets/..%2f..%2fpackage.json',
    '/%2e%2e/package.json',
    '/..\\package.json',
    '//server/share/file.js',
    '/C:/Windows/win.ini',
    '/.env',
    '/assets/.hidden.js',
    '/index.html%00.js',
    '/assets/',
    '',
  ])('%s leads nowhere', path => {
    expect(bundledName(path)).toBeNull()
  })
})

describe('a served bundle', () => {
  let parent: string
  let serve: (request: Request) => Promise<Response>

  beforeAll(() => {
    parent = mkdtempSync(join(tmpdir(), 'parfocal-bundle-'))
    const folder = join(parent, 'bundle')
    mkdirSync(join(folder, 'assets'), { recursive: true })
    writeFileSync(join(folder, 'index.html'), '<!doctype html>')
    writeFileSync(join(folder, 'assets/notes.txt'), 'not part of a window')
    writeFileSync(join(parent, 'secret.html'), 'secret')
    serve = serveBundle(folder)
  })

  afterAll(() => rmSync(parent, { recursive: true, force: true }))

  test('gives the page with its type and a policy under which nothing comes from elsewhere', async () => {
    const response = await serve(new Request('app://parfocal/'))
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('<!doctype html>')
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(response.headers.get('content-security-policy')).not.toMatch(/unsafe|https?:|\*/)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  })

  test('answers HEAD without a body', async () => {
    const response = await serve(new Request('app://parfocal/index.html', { method: 'HEAD' }))
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('')
  })

  test.each([
    ['a file that is not there', 'app://parfocal/assets/missing.js'],
    ['a folder', 'app://parfocal/assets'],
    ['a file of a kind that no window needs', 'app://parfocal/assets/notes.txt'],
    ['a file beside the bundle', 'app://parfocal/..%2fsecret.html'],
  ])('has no %s', async (_what, url) => {
    const response = await serve(new Request(url))
    expect(response.status).toBe(404)
    expect(response.headers.get('content-security-policy')).not.toBeNull()
  })

  test('takes nothing', async () => {
    const response = await serve(new Request('app://parfocal/', { method: 'POST', body: 'x' }))
    expect(response.status).toBe(405)
  })
})
