/** What lies between the page and a window over it. */
export const overlayClass = "fixed inset-0 z-40 bg-scrim data-[state=open]:animate-fade-in";

export const dialogClass =
  "fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 " +
  "flex-col rounded-lg border border-line bg-panel shadow-float data-[state=open]:animate-fade-in focus:outline-none";
