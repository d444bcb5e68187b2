export { createPlatesStore, type PlatesStore } from './plates-store.ts'
export type { PlatesState } from './plates-state.ts'
export { PlateTable, imagesText, momentText } from './plate-table.tsx'
