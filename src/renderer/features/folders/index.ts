export { FolderBanner } from './folder-banner.tsx'
export { FolderDialog } from './folder-dialog.tsx'
export { FolderList } from './folder-list.tsx'
export { createFoldersStore, type FoldersStore } from './folders-store.ts'
