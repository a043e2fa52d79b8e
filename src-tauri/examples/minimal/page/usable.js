// The page and its only button are ready.
performance.mark("usable");
