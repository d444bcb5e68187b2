export { createPlatesStore, type PlatesStore } from './plates-store.ts'
export type { PlatesState } from './plates-state.ts'
export { PlateTable } from './plate-table.tsx'
