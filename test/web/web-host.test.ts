import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { fail, ok } from '../../src/core/fault.ts'
import type { WebLimits } from '../../src/web/limits.ts'
import { openWebHost, type WebHost } from '../../src/web/web-host.ts'
import { SECURITY_HEADERS } from '../../src/workstation/serving/security-headers.ts'
import { answerOn, rawRequest, requestText, type RawAnswer } from '../support/raw-http.ts'
import { standInDesk, type StandInDesk } from '../support/stand-in-desk.ts'

const folder = mkdtempSync(join(tmpdir(), 'parfocal-web-'))
const bundle = join(folder, 'renderer')
mkdirSync(join(bundle, 'assets'), { recursive: true })
writeFileSync(join(bundle, 'index.html'), '<title>Parfocal</title>')
writeFileSync(join(bundle, 'assets/main.js'), 'export {}')
writeFileSync(join(bundle, 'assets/index-Bj_0-x9Z.js'), 'export {}')
writeFileSync(join(folder, 'secret.js'), 'not for the page')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let host: WebHost | null = null
let reported: unknown[] = []
let clock = 0
afterEach(async () => {
  await host?.close()
  host = null
  reported = []
  clock = 0
})

async function open(desk: StandInDesk, limits: Partial<WebLimits> = {}): Promise<number> {
  const opened = await openWebHost({
    desk,
    bundle,
    port: 0,
    report: cause => `T-${reported.push(cause)}`,
    limits,
    now: () => clock,
  })
  if (!opened.ok) throw new Error(opened.fault.kind)
  host = opened.value
  return Number(new URL(host.address()).port)
}

function freshCode(goesTo?: 'reader' | 'browser'): string {
  return new URL(host!.address(goesTo)).hash.slice(1)
}

/** Headers as the page's own browser sends them. */
function own(port: number, secret?: string): Record<string, string> {
  return {
    Host: `127.0.0.1:${port}`,
    Origin: `http://127.0.0.1:${port}`,
    'Sec-Fetch-Site': 'same-origin',
    'Content-Type': 'application/json',
    ...(secret === undefined ? {} : { Authorization: `Bearer ${secret}` }),
  }
}

function enter(port: number, code: string): Promise<RawAnswer> {
  return rawRequest(port, requestText('POST', '/session', own(port), JSON.stringify({ code })))
}

async function keys(port: number, code = freshCode()): Promise<{ secret: string; resume: string }> {
  const { status, body } = await enter(port, code)
  expect(status).toBe(200)
  return JSON.parse(body) as { secret: string; resume: string }
}

function ask(
  port: number,
  secret: string | undefined,
  call: string,
  body = '',
): Promise<RawAnswer> {
  return rawRequest(port, requestText('POST', `/api/${call}`, own(port, secret), body))
}

describe('who is let in', () => {
  test('is whoever has the code, once', async () => {
    const port = await open(standInDesk())
    const code = freshCode()
    const { secret, resume } = await keys(port, code)
    for (const text of [code, secret, resume])
      expect(Buffer.from(text, 'base64url')).toHaveLength(32)
    expect((await enter(port, code)).status).toBe(401)
  })

  test.each([
    ['reader', 10 * 60_000],
    ['browser', 60_000],
  ] as const)('is nobody with the code of a %s that is too old', async (goesTo, lifeMs) => {
    const port = await open(standInDesk())
    const [late, inTime] = [freshCode(goesTo), freshCode(goesTo)]
    clock = lifeMs - 1
    expect((await enter(port, inTime)).status).toBe(200)
    clock = lifeMs
    expect((await enter(port, late)).status).toBe(401)
  })

  test('is the same page after a reload, and what it had before is void', async () => {
    const desk = standInDesk({ 'plates.list': async () => ok([]) })
    const port = await open(desk)
    const first = await keys(port)
    const second = await keys(port, first.resume)
    expect((await ask(port, first.secret, 'plates.list')).status).toBe(401)
    expect((await ask(port, second.secret, 'plates.list')).status).toBe(200)
    expect((await enter(port, first.resume)).status).toBe(401)
    expect(desk.noted.filter(({ action }) => action === 'open')).toHaveLength(1)
  })

  test('is no longer a page that asked nothing for long', async () => {
    const port = await open(standInDesk({ 'plates.list': async () => ok([]) }), { idleMs: 1000 })
    const { secret } = await keys(port)
    clock = 999
    expect((await ask(port, secret, 'plates.list')).status).toBe(200)
    clock = 1999
    expect((await ask(port, secret, 'plates.list')).status).toBe(401)
  })

  test('is told to wait after too many wrong codes, and so are those who try on', async () => {
    const desk = standInDesk()
    const port = await open(desk, { wrongCodes: 3 })
    for (let i = 0; i < 3; i += 1) expect((await enter(port, `guess${i}`)).status).toBe(401)
    const refused = await enter(port, 'guess3')
    expect(refused.status).toBe(429)
    expect(refused.head).toContain('Retry-After: 60')
    expect(desk.noted.map(({ entityId }) => entityId)).toContain('too-many-codes')
    clock = 60_000
    expect((await enter(port, 'guess4')).status).toBe(401)
  })

  test('is whoever has a right code, however many wrong ones others tried', async () => {
    const port = await open(standInDesk(), { wrongCodes: 3 })
    const { resume } = await keys(port)
    for (let i = 0; i < 5; i += 1) await enter(port, `guess${i}`)
    expect((await enter(port, 'guess5')).status).toBe(429)
    await keys(port)
    const { resume: next } = await keys(port, resume)
    expect(next).not.toBe(resume)
    expect((await enter(port, resume)).status).toBe(429)
  })

  test.each(['', '{}', '{"code":1}', '{"code":"x","more":1}', '[', 'code=x'])(
    'is nobody who says %j',
    async body => {
      const port = await open(standInDesk())
      const { status } = await rawRequest(port, requestText('POST', '/session', own(port), body))
      expect(status).toBe(400)
    },
  )
})

describe('a request from elsewhere', () => {
  test.each([
    ['a name that was rebound to this machine', 'evil.test', 'http://evil.test'],
    ['a rebound name with our port', 'evil.test:PORT', 'http://evil.test:PORT'],
    ['our address without its port', '127.0.0.1', 'http://127.0.0.1'],
    [
      'a name that only begins like ours',
      'localhost.evil.test:PORT',
      'http://localhost.evil.test:PORT',
    ],
    ['another address of this machine', '127.0.0.2:PORT', 'http://127.0.0.2:PORT'],
    ['the machine by IPv6', '[::1]:PORT', 'http://[::1]:PORT'],
  ])('for %s is misdirected', async (_what, hostHeader, origin) => {
    const desk = standInDesk()
    const port = await open(desk)
    const { secret } = await keys(port)
    const headers = {
      ...own(port, secret),
      Host: hostHeader.replace('PORT', String(port)),
      Origin: origin.replace('PORT', String(port)),
    }
    for (const [method, target] of [
      ['POST', '/api/plates.list'],
      ['GET', '/'],
      ['GET', '/events'],
    ] as const) {
      expect((await rawRequest(port, requestText(method, target, headers))).status).toBe(421)
    }
    expect(desk.noted.filter(({ entityId }) => entityId === 'wrong-host')).toHaveLength(1)
  })

  test('with two hosts, or none, goes nowhere', async () => {
    const port = await open(standInDesk())
    const two = `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nHost: evil.test\r\nConnection: close\r\n\r\n`
    expect((await rawRequest(port, two)).status).toBeGreaterThanOrEqual(400)
    expect((await rawRequest(port, 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n')).status).toBe(400)
    expect((await rawRequest(port, 'GET / HTTP/1.0\r\n\r\n')).status).toBe(421)
  })

  test.each([
    'https://evil.test',
    'null',
    'http://127.0.0.1:1',
    'http://localhost:PORT',
    '',
    undefined,
  ])('with the Origin %s changes nothing, secret or not', async origin => {
    const port = await open(standInDesk({ 'plates.list': async () => ok([]) }))
    const { secret } = await keys(port)
    const headers = own(port, secret)
    if (origin === undefined) delete headers['Origin']
    else headers['Origin'] = origin.replace('PORT', String(port))
    for (const target of ['/api/plates.list', '/session']) {
      expect((await rawRequest(port, requestText('POST', target, headers))).status).toBe(403)
    }
  })

  test.each(['cross-site', 'same-site', 'something-new'])(
    'that the browser calls %s is refused',
    async site => {
      const port = await open(standInDesk())
      const headers = { ...own(port), 'Sec-Fetch-Site': site }
      for (const target of ['/', '/assets/main.js', '/events']) {
        expect((await rawRequest(port, requestText('GET', target, headers))).status).toBe(403)
      }
    },
  )

  test('is never told that it may read an answer', async () => {
    const port = await open(standInDesk({ 'plates.list': async () => ok([]) }))
    const { secret } = await keys(port)
    const answers = await Promise.all([
      ask(port, secret, 'plates.list'),
      rawRequest(port, requestText('GET', '/', own(port))),
      rawRequest(port, requestText('OPTIONS', '/api/plates.list', own(port))),
    ])
    for (const { head } of answers) {
      expect(head).not.toMatch(/access-control/i)
      expect(head).not.toMatch(/set-cookie/i)
      expect(head).toMatch(/cross-origin-resource-policy: same-origin/i)
    }
  })

  test('reaches only this machine: nothing listens on the network', async () => {
    const port = await open(standInDesk())
    const outside = Object.values(networkInterfaces())
      .flat()
      .filter(address => address?.family === 'IPv4' && !address.internal)
    for (const address of outside) {
      const socket = connect({ host: address!.address, port, timeout: 2000 })
      const code = await new Promise(resolve => {
        socket.on('connect', () => resolve('connected'))
        socket.on('error', (cause: NodeJS.ErrnoException) => resolve(cause.code))
      })
      socket.destroy()
      expect(code).toBe('ECONNREFUSED')
    }
  })
})

describe('the secret', () => {
  const wrong = 'A'.repeat(43)
  test.each([
    ['no secret', undefined],
    ['a wrong one', `Bearer ${wrong}`],
    ['an empty one', 'Bearer '],
    ['another scheme', `Basic ${wrong}`],
  ])('is needed: %s opens nothing', async (_what, authorization) => {
    let asked = 0
    const desk = standInDesk({}, async () => new Response(String((asked += 1))))
    const port = await open(desk)
    await keys(port)
    const headers = {
      ...own(port),
      ...(authorization === undefined ? {} : { Authorization: authorization }),
    }
    for (const [method, target] of [
      ['POST', '/api/plates.list'],
      ['GET', '/events'],
      ['GET', '/pixels/thumbnail/1/0123456789abcdef'],
    ] as const) {
      expect((await rawRequest(port, requestText(method, target, headers))).status).toBe(401)
    }
    expect(asked).toBe(0)
    expect(desk.noted.map(({ entityId }) => entityId)).toContain('wrong-secret')
  })

  test('is a header: neither a cookie nor an address carries it', async () => {
    const port = await open(standInDesk())
    const { secret, resume } = await keys(port)
    const headers = { ...own(port), Cookie: `secret=${secret}; session=${resume}` }
    const targets = ['/api/plates.list', `/api/plates.list?secret=${secret}`]
    for (const target of targets) {
      expect((await rawRequest(port, requestText('POST', target, headers))).status).toBe(401)
    }
  })

  test('of another Parfocal on this machine opens nothing here', async () => {
    const port = await open(standInDesk())
    const first = host!
    const { secret } = await keys(port)
    const second = await open(standInDesk())
    expect((await ask(second, secret, 'plates.list')).status).toBe(401)
    await first.close()
  })
})

describe('a call', () => {
  test('comes back as the contract says, kept by no cache', async () => {
    const port = await open(standInDesk({ 'plates.list': async () => ok([]) }))
    const { secret } = await keys(port)
    const { status, head, body } = await ask(port, secret, 'plates.list')
    expect([status, JSON.parse(body)]).toEqual([200, { ok: true, value: [] }])
    expect(head).toContain('Cache-Control: no-store')
  })

  test('brings faults with their fields, and a mistake of ours as a ticket', async () => {
    const port = await open(
      standInDesk({
        'plates.open': async ({ plateId }) => fail({ kind: 'plate-not-found', plateId }),
      }),
    )
    const { secret } = await keys(port)
    const missing = await ask(port, secret, 'plates.open', '{"plateId":7}')
    expect(JSON.parse(missing.body)).toEqual({
      ok: false,
      fault: { kind: 'plate-not-found', plateId: 7 },
    })
    const mistaken = await ask(port, secret, 'plates.list')
    expect(JSON.parse(mistaken.body)).toEqual({
      ok: false,
      fault: { kind: 'unexpected', ticket: 'T-1' },
    })
    expect(mistaken.body).not.toContain('The test gave')
  })

  test.each(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE', 'PATCH'])(
    'is not made by %s',
    async method => {
      let asked = 0
      const desk = standInDesk({ 'plates.list': async () => (asked++, ok([])) })
      const port = await open(desk)
      const { secret } = await keys(port)
      const text = requestText(method, '/api/plates.list', own(port, secret))
      expect((await rawRequest(port, text)).status).toBe(405)
      expect(asked).toBe(0)
    },
  )

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json; charset=utf-16',
    'application/jsonp',
    'text/plain; application/json',
    '',
  ])('is not made with content of type %j', async type => {
    const port = await open(standInDesk({ 'plates.list': async () => ok([]) }))
    const { secret } = await keys(port)
    const headers = { ...own(port, secret), 'Content-Type': type }
    const text = requestText('POST', '/api/plates.list', headers, '{}')
    expect((await rawRequest(port, text)).status).toBe(415)
  })

  test('that nobody knows is not there, whatever it is called', async () => {
    const port = await open(standInDesk())
    const { secret } = await keys(port)
    for (const name of ['', 'plates', 'toString', '__proto__', 'plates.list/x']) {
      expect((await ask(port, secret, name)).status).toBe(404)
    }
  })

  test('may not be larger than a megabyte, whether it says so or not', async () => {
    const port = await open(standInDesk())
    const { secret } = await keys(port)
    const told = requestText('POST', '/api/plates.list', {
      ...own(port, secret),
      'Content-Length': '1000001',
    })
    expect((await rawRequest(port, told)).status).toBe(413)
    const chunk = 'x'.repeat(100_000)
    const chunks = `${chunk.length.toString(16)}\r\n${chunk}\r\n`.repeat(10) + '1\r\nx\r\n'
    const untold = requestText('POST', '/api/plates.list', {
      ...own(port, secret),
      'Transfer-Encoding': 'chunked',
    })
    expect((await rawRequest(port, untold + chunks)).status).toBe(413)
    expect(reported).toEqual([])
  })
})

describe('the page', () => {
  test('comes from the bundle, with its policy', async () => {
    const port = await open(standInDesk())
    const { status, head, body } = await rawRequest(port, requestText('GET', '/', own(port)))
    expect([status, body]).toEqual([200, '<title>Parfocal</title>'])
    expect(head.toLowerCase()).toContain(
      "content-security-policy: default-src 'none'; script-src 'self'",
    )
    const headOnly = await rawRequest(port, requestText('HEAD', '/assets/main.js', own(port)))
    expect([headOnly.status, headOnly.body]).toEqual([200, ''])
  })

  test.each([
    ['/', 200, 'no-store'],
    ['/assets/main.js', 200, 'no-store'],
    ['/assets/index-Bj_0-x9Z.js', 200, 'public, max-age=31536000, immutable'],
    ['/nothing.js', 404, 'no-store'],
  ])(
    'of %s is kept as long as it is the same, and says each thing once',
    async (target, ...said) => {
      const port = await open(standInDesk())
      const { status, head } = await rawRequest(port, requestText('GET', target, own(port)))
      const lines = head.split('\r\n').slice(1)
      const names = lines.map(line => line.slice(0, line.indexOf(':')).toLowerCase())
      expect(names.toSorted()).toEqual([...new Set(names)].toSorted())
      for (const name of Object.keys(SECURITY_HEADERS)) expect(names).toContain(name.toLowerCase())
      const kept = lines.find(line => /^cache-control:/i.test(line))
      expect([status, kept?.replace(/^[^:]*: /, '')]).toEqual(said)
    },
  )

  test.each([
    '/../secret.js',
    '/assets/../../secret.js',
    '/%2e%2e/secret.js',
    '/..%2fsecret.js',
    '/assets/..%5c..%5csecret.js',
    '/..\\secret.js',
    '/%252e%252e/secret.js',
    '/assets/main.js%00.html',
    '/.%00./secret.js',
    '/C:/Windows/win.ini',
    '//evil.test/secret.js',
    'http://evil.test/',
    '*',
  ])('lets nobody out of the bundle by %s', async target => {
    const port = await open(standInDesk())
    const { status, body } = await rawRequest(port, requestText('GET', target, own(port)))
    expect([400, 404]).toContain(status)
    expect(body).not.toContain('not for the page')
  })
})

describe('pixels', () => {
  test('come with the secret, for this page and this secret only', async () => {
    const desk = standInDesk({}, async request => {
      expect(new URL(request.url).pathname).toBe('/pixels/thumbnail/1/0123456789abcdef')
      return new Response(Uint8Array.of(1, 2, 3), { headers: { 'Pixel-Type': 'uint8' } })
    })
    const port = await open(desk)
    const { secret } = await keys(port)
    const { status, head, body } = await rawRequest(
      port,
      requestText('GET', '/pixels/thumbnail/1/0123456789abcdef', own(port, secret)),
    )
    expect([status, body.replace(/[^\x01-\x03]/g, '')]).toEqual([200, '\x01\x02\x03'])
    expect(head.toLowerCase()).toContain('pixel-type: uint8')
    expect(head.toLowerCase()).toContain('vary: authorization')
  })

  test.each(['/pixels/../secret.js', '/pixels/%2e%2e/%2e%2e/secret.js'])(
    'lead nowhere else: %s is the bundle again, which has no such file',
    async target => {
      let asked = 0
      const port = await open(standInDesk({}, async () => new Response(String((asked += 1)))))
      const { secret } = await keys(port)
      const text = requestText('GET', target, own(port, secret))
      expect((await rawRequest(port, text)).status).toBe(404)
      expect(asked).toBe(0)
    },
  )

  test('are no longer made when the page has gone', async () => {
    const begun = Promise.withResolvers<void>()
    const dropped = Promise.withResolvers<void>()
    const desk = standInDesk({}, request => {
      begun.resolve()
      return new Promise((_resolve, reject) => {
        request.signal.addEventListener('abort', () => {
          dropped.resolve()
          reject(request.signal.reason as Error)
        })
      })
    })
    const port = await open(desk)
    const { secret } = await keys(port)
    const socket = connect({ host: '127.0.0.1', port })
    socket.write(requestText('GET', '/pixels/thumbnail/1/0123456789abcdef', own(port, secret)))
    await begun.promise
    socket.destroy()
    await dropped.promise
    expect(reported).toEqual([])
  })
})

describe('events', () => {
  async function listening(
    port: number,
    secret: string,
  ): Promise<{ text: () => string; ended: Promise<unknown>; stop: () => void }> {
    const socket = connect({ host: '127.0.0.1', port })
    let text = ''
    const started = new Promise<void>(resolve => {
      socket.on('data', part => {
        text += String(part)
        if (text.includes('\r\n\r\n1\r\n\n')) resolve()
      })
    })
    const ended = answerOn(socket)
    socket.write(requestText('GET', '/events', own(port, secret)))
    await started
    return { text: () => text, ended, stop: () => socket.destroy() }
  }

  test('reach every page that listens', async () => {
    const desk = standInDesk()
    const port = await open(desk)
    const first = await listening(port, (await keys(port)).secret)
    const second = await listening(port, (await keys(port)).secret)
    desk.tell('mistake.logged', { ticket: 'T-7' })
    const line = '{"name":"mistake.logged","told":{"ticket":"T-7"}}\n'
    await expect
      .poll(() => [first.text(), second.text()].every(text => text.includes(line)))
      .toBe(true)
    await host!.close()
    await Promise.all([first.ended, second.ended])
    expect(desk.listeners()).toBe(0)
  })

  test('keep a session alive, and end with it', async () => {
    const port = await open(standInDesk(), { idleMs: 1000 })
    const { secret, resume } = await keys(port)
    const page = await listening(port, secret)
    clock = 100_000
    await keys(port, resume)
    await page.ended
  })

  test('come with a heartbeat, so that a page knows its host lives', async () => {
    const port = await open(standInDesk(), { heartbeatMs: 20 })
    const page = await listening(port, (await keys(port)).secret)
    await expect.poll(() => page.text().split('1\r\n\n\r\n').length).toBeGreaterThan(3)
    page.stop()
  })

  test('do not pile up for a page that does not read them', async () => {
    const desk = standInDesk()
    const port = await open(desk, { waitingBytes: 100_000 })
    const { secret } = await keys(port)
    const socket = connect({ host: '127.0.0.1', port })
    const started = new Promise(resolve => socket.once('data', resolve))
    socket.write(requestText('GET', '/events', own(port, secret)))
    await started
    socket.pause()
    const closed = new Promise(resolve => socket.once('close', resolve))
    socket.on('error', () => undefined)
    const ticket = 'x'.repeat(50_000)
    for (let i = 0; i < 400; i += 1) {
      desk.tell('mistake.logged', { ticket })
      await new Promise(resolve => setImmediate(resolve))
    }
    socket.resume()
    await closed
    // 20 MB were told; what the page got is what the system's buffers and ours hold.
    expect(socket.bytesRead).toBeLessThan(15_000_000)
  })
})

describe('a client that is slow or many', () => {
  test('has its headers in time or is hung up on', async () => {
    const port = await open(standInDesk(), { headersMs: 200, requestMs: 400 })
    const socket = connect({ host: '127.0.0.1', port })
    const ended = answerOn(socket)
    socket.write(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-Slow: `)
    const drip = setInterval(() => socket.write('a'), 50)
    const { status } = await ended
    clearInterval(drip)
    expect([408, 0]).toContain(status)
  })

  test('has its body in time or is hung up on', async () => {
    const port = await open(standInDesk(), { headersMs: 200, requestMs: 400 })
    const { secret } = await keys(port)
    const headers = { ...own(port, secret), 'Content-Length': '1000' }
    const socket = connect({ host: '127.0.0.1', port })
    const ended = answerOn(socket)
    socket.write(requestText('POST', '/api/plates.list', headers))
    const drip = setInterval(() => socket.write(' '), 50)
    await ended
    clearInterval(drip)
    expect(reported).toEqual([])
  })

  test('gets no more connections than there are', async () => {
    const port = await open(standInDesk(), { connections: 4 })
    const held = Array.from({ length: 4 }, () => connect({ host: '127.0.0.1', port }))
    await Promise.all(held.map(socket => new Promise(resolve => socket.on('connect', resolve))))
    expect((await rawRequest(port, requestText('GET', '/', own(port)))).status).toBe(0)
    held.forEach(socket => socket.destroy())
    await expect
      .poll(async () => (await rawRequest(port, requestText('GET', '/', own(port)))).status)
      .toBe(200)
  })
})

describe('the port', () => {
  test('is said to be taken where another program has it', async () => {
    const other = createServer()
    await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    const opened = await openWebHost({ desk: standInDesk(), bundle, port, report: () => 'T-1' })
    other.close()
    expect(opened).toEqual(
      fail({
        kind: 'bad-option',
        option: '--port',
        value: `${port} (another program uses it)`,
        allowed: 'a port that is free, or 0 for any',
      }),
    )
  })
})
