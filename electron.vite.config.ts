import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { keepAddresses } from './build/keep-addresses.ts'

/** Only Electron's three bundles are built; everything else runs from `src` as it stands. */
export default defineConfig({
  main: {
    plugins: [keepAddresses('out/main')],
    build: {
      lib: { entry: 'src/main/main.ts', formats: ['es'] },
      outDir: 'out/main',
      // All in one folder, which is what keepAddresses counts on.
      rollupOptions: { output: { chunkFileNames: '[name]-[hash].js' } },
      reportCompressedSize: false,
    },
  },
  preload: {
    build: {
      // A sandboxed preload can require nothing but Electron: one CommonJS file with all it needs.
      externalizeDeps: false,
      lib: { entry: 'src/preload/preload.ts', formats: ['cjs'] },
      outDir: 'out/preload',
      reportCompressedSize: false,
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react()],
    build: {
      outDir: 'out/renderer',
      // A data: URL would need its own hole in the content security policy.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      minify: true,
      rollupOptions: { input: 'src/renderer/index.html' },
      reportCompressedSize: false,
    },
  },
})
