import { type RefObject, useEffect, useRef, useState } from "react";

type Seen = { ref: RefObject<HTMLDivElement | null>; width: number; seen: boolean };

/** The width of an element in pixels, and whether it has come near the screen yet. */
export function useSize(): Seen {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [seen, setSeen] = useState(false);

  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const resize = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    resize.observe(element);
    const arrive = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        setSeen(true);
        arrive.disconnect();
      },
      { rootMargin: "200px" },
    );
    arrive.observe(element);
    return () => {
      resize.disconnect();
      arrive.disconnect();
    };
  }, []);

  return { ref, width, seen };
}
