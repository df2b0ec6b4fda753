/** Reasons that Gatehouse itself writes into a record, as its readers find them later. */
export const records = {
  appealGranted: "The appeal was granted.",
  appealGrantedInPart: "The appeal was granted in part.",
  actionReplaced: "Another action took its place.",
  actionNotConfirmed: "Nobody confirmed it in time.",
  noticeAcknowledged: "The owner acknowledged it.",
  windDownOver: "The account was terminated and its wind-down is over.",
  revokedByMember: "Revoked by a member",
  deliveryTest: "This is a test. Nothing has happened.",
};
