import { defineConfig } from 'vitest/config'

const shared = {
  testTimeout: 60_000,
  hookTimeout: 60_000,
  pool: 'forks',
  // Tests share nothing that they change, so files may share a process, which saves 0.1 s each.
  isolate: false,
} as const

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/window/**'],
        },
      },
      {
        test: {
          ...shared,
          name: 'window',
          include: ['test/window/**/*.test.ts'],
          // One at a time: a browser, a host and its workers take all cores.
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
