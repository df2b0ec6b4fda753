"use client"; // Reads the state of the form around it.

import { useFormStatus } from "react-dom";
import { Button, type ButtonSize, type ButtonVariant } from "./button.tsx";

type SubmitButtonProps = {
  children: React.ReactNode;
  /** What is being done, said while it is: "Creating token…". */
  pendingText: string;
  variant?: ButtonVariant;
  size?: ButtonSize;
  icon?: React.ReactNode;
  disabled?: boolean;
  name?: string;
  value?: string;
  className?: string;
};

/** Sends the form around it, shows that it is being sent and announces it. */
export function SubmitButton({ children, pendingText, variant = "primary", ...rest }: SubmitButtonProps) {
  const { pending } = useFormStatus();
  return (
    <>
      <Button {...rest} type="submit" variant={variant} pending={pending}>
        {children}
      </Button>
      <span role="status" className="sr-only">
        {pending ? pendingText : ""}
      </span>
    </>
  );
}
