import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test, vi } from 'vitest'
import { createLateView } from '../../../src/renderer/app/late-view.tsx'

const Greeting = ({ to }: { readonly to: string }) => <p>{`Good morning, ${to}.`}</p>

test('shows nothing but that it is on its way, then the view at once', async () => {
  const { View, fetch } = createLateView<{ readonly to: string }>(async () => Greeting)
  expect(renderToStaticMarkup(<View to="Ada" />)).toContain('role="status"')
  fetch()
  await Promise.resolve()
  await vi.waitFor(() =>
    expect(renderToStaticMarkup(<View to="Ada" />)).toBe('<p>Good morning, Ada.</p>'),
  )
})

test('is fetched once, however often it is asked for', async () => {
  const load = vi.fn(async () => Greeting)
  const { fetch } = createLateView(load)
  fetch()
  fetch()
  await vi.waitFor(() => expect(load).toHaveBeenCalledTimes(1))
  await new Promise(setImmediate)
  fetch()
  expect(load).toHaveBeenCalledTimes(1)
})

test('says what to do when it could not be fetched, and can be fetched again', async () => {
  const load = vi.fn(async () => Greeting)
  load.mockRejectedValueOnce(new Error('gone'))
  const { View, fetch } = createLateView<{ readonly to: string }>(load)
  fetch()
  await vi.waitFor(() =>
    expect(renderToStaticMarkup(<View to="Ada" />)).toContain('Try again</button>'),
  )
  await new Promise(setImmediate)
  fetch()
  await vi.waitFor(() => expect(renderToStaticMarkup(<View to="Ada" />)).toContain('Good morning'))
})
