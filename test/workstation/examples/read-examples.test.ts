import { describe, expect, test } from 'vitest'
import { readExamples } from '#workstation/examples/read-examples.ts'
import { valueOf } from '../../support/value-of.ts'

function read(text: string) {
  return valueOf(readExamples(text, 'examples.csv'))
}

describe('readExamples', () => {
  test('reads plate, well, site, object and class', () => {
    const { named, problems } = read(`plate,well,site,object,class\n"P 1, again",B03,2,17,round\n`)
    expect(problems).toEqual([])
    expect(named).toEqual([
      {
        line: 2,
        class: 'round',
        key: {
          ...{ plate: 'P 1, again', well: 'B03', site: '2', object: 17 },
          ...{ field: undefined, acquisition: undefined, time: undefined },
        },
      },
    ])
  })

  test('reads rows of object.csv with a class beside them, and leaves out those without one', () => {
    const { named } = read(
      'Metadata_Plate,Metadata_Acquisition,Metadata_Well,Metadata_Site,ObjectNumber,Area,Class\n' +
        'P,1,A01,1,3,88.5,long\nP,1,A01,1,4,90.1,\n',
    )
    expect(named).toHaveLength(1)
    expect(named[0]).toMatchObject({ class: 'long', key: { acquisition: '1', object: 3 } })
  })

  test('names lines that make no sense', () => {
    const { named, problems } = read('plate,object,class\nP,0,a\nP,x,a\nP,1.5,a\nP,2,a\n')
    expect(problems.map(({ line }) => line)).toEqual([2, 3, 4])
    expect(problems[1]!.detail).toContain('“x”')
    expect(named).toHaveLength(1)
  })

  test.each(['', 'plate,object\nP,1\n', 'plate,object,class\nP,1\n', '\u0000\u0001'])(
    'is told what is missing in %j',
    text => {
      expect(readExamples(text, 'examples.csv')).toMatchObject({
        ok: false,
        fault: { kind: 'bad-option', option: '--examples' },
      })
    },
  )
})
