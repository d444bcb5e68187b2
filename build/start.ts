/** `npm start`: the command line's `start`. */
process.argv.splice(2, 0, 'start')
await import('../src/cli/parfocal.ts')
