/**
 * Preloaded into every process that the supervisor starts, and by inheritance into those that Next.js starts in turn: when
 * the parent is gone, even by kill -9, the channel to it closes, and the process ends the way it ends on SIGTERM, or by force
 * when that takes too long.
 */
if (process.channel) {
  process.on("disconnect", () => {
    setTimeout(() => process.exit(1), 10_000).unref();
    process.kill(process.pid, "SIGTERM");
  });
  // The channel alone must not keep a process alive that has nothing left to do. A process that Next.js starts, though, waits
  // on this channel for its orders.
  if (process.env.GATEHOUSE_SUPERVISOR === String(process.ppid)) process.channel.unref();
}
