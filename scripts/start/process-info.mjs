import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { codeOf } from "./steps.mjs";

/**
 * Whether a process still does anything. One that has ended but was not collected by its parent does not count.
 * @param {number} pid
 * @returns {boolean}
 */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) !== "EPERM") return false;
  }
  return processState(pid) !== "Z";
}

/**
 * Tells a process from a later one with the same number: what started when.
 * @param {number} pid
 * @returns {string} "" when there is none
 */
export function processIdentity(pid) {
  if (!isAlive(pid)) return "";
  if (process.platform !== "linux") return ps(pid, "lstart=");
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    // Field 22: the start in clock ticks since boot. The first two are cut off by statFields.
    return `${boot} ${statFields(pid)[19]}`;
  } catch {
    return "";
  }
}

/**
 * @param {number} pid
 * @returns {string} "" when there is none
 */
export function commandLine(pid) {
  if (process.platform !== "linux") return ps(pid, "command=");
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
  } catch {
    return "";
  }
}

/** @param {number} pid @returns {string} one letter; Z: has ended */
function processState(pid) {
  if (process.platform !== "linux") return ps(pid, "state=").slice(0, 1);
  try {
    return statFields(pid)[0] ?? "";
  } catch {
    return "Z";
  }
}

/** /proc/<pid>/stat from its third field on: the second, a name in brackets, may hold spaces. @param {number} pid */
function statFields(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}

/** @param {number} pid @param {string} column */
function ps(pid, column) {
  return spawnSync("ps", ["-o", column, "-p", String(pid)], { encoding: "utf8" }).stdout?.trim() ?? "";
}
