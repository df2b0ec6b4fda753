/**
 * Preloaded into every process that the supervisor starts, and by inheritance into those that Next.js starts in turn: when
 * the parent is gone, even by kill -9, the channel to it closes, and the process ends the way it ends on SIGTERM, or by force
 * when that takes too long.
 */
const startedBySupervisor = process.env.GATEHOUSE_SUPERVISED === "1";
delete process.env.GATEHOUSE_SUPERVISED;

if (startedBySupervisor && !process.channel) process.exit(1); // Killed before this line was reached.

if (process.channel) {
  process.on("disconnect", () => {
    setTimeout(() => process.exit(1), 10_000).unref();
    process.kill(process.pid, "SIGTERM");
  });
  // The channel alone must not keep a process alive that has nothing left to do. A process that Next.js starts, though, waits
  // on its channel for its orders.
  if (startedBySupervisor) process.channel.unref();
}
