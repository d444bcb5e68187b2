import { describe, expect, test } from 'vitest'
import { parseDefects } from '#core/simulate/defects.ts'

describe('--defects', () => {
  test('names defects and their shares', () => {
    expect(parseDefects('defocus:0.1, bubble:0.02,missing:1')).toEqual({
      ok: true,
      value: { defocus: 0.1, bubble: 0.02, missing: 1 },
    })
  })

  test('none is a clean plate', () => {
    expect(parseDefects('none')).toEqual({ ok: true, value: {} })
  })

  test.each([
    ['a name nobody knows', 'blur:0.1'],
    ['a share above 1', 'defocus:1.5'],
    ['a negative share', 'defocus:-0.1'],
    ['a share that is no number', 'defocus:many'],
    ['a name without a share', 'defocus'],
    ['an empty share', 'defocus:'],
    ['a name twice', 'defocus:0.1,defocus:0.2'],
    ['too many colons', 'defocus:0.1:0.2'],
    ['none among others', 'none,defocus:0.1'],
    ['nothing', ''],
  ])('refuses %s and says what is allowed', (_, text) => {
    expect(parseDefects(text)).toMatchObject({
      ok: false,
      fault: {
        kind: 'bad-option',
        option: '--defects',
        value: text,
        allowed: expect.stringContaining('defocus, bubble, debris'),
      },
    })
  })
})
