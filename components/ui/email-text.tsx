/** An e-mail address that breaks behind its @ first where it does not fit in one line. */
export function EmailText({ address }: { address: string }) {
  const behind = address.lastIndexOf("@") + 1;
  return (
    <span className="wrap-anywhere">
      {address.slice(0, behind)}
      <wbr />
      {address.slice(behind)}
    </span>
  );
}
