export { CommandPalette } from './command-palette.tsx'
export { KeyboardHelp } from './keyboard-help.tsx'
export { useKeys } from './use-keys.ts'
