package io.schap.gateway.cli;

/** A command could not be carried out, for a reason that one line can tell; its stack trace says nothing more. */
public final class CommandFault extends RuntimeException {

    /** The status of a command that failed, or whose check did not hold. */
    public static final int FAILED = 1;

    /** The status of a command line or configuration that cannot be meant. */
    public static final int WRONG_USAGE = 2;

    private static final long serialVersionUID = 1L;

    private final int exitStatus;

    /**
     * A fault.
     *
     * @param exitStatus what the process ends with, {@link #FAILED} or {@link #WRONG_USAGE}.
     * @param message    one line.
     */
    public CommandFault(final int exitStatus, final String message) {
        super(message);
        this.exitStatus = exitStatus;
    }

    /**
     * A fault that another one brought about.
     *
     * @param exitStatus what the process ends with, {@link #FAILED} or {@link #WRONG_USAGE}.
     * @param message    one line.
     * @param cause      for a debugger; it is not printed.
     */
    public CommandFault(final int exitStatus, final String message, final Throwable cause) {
        super(message, cause);
        this.exitStatus = exitStatus;
    }

    /**
     * The status of the process.
     *
     * @return from 1.
     */
    public int exitStatus() {
        return exitStatus;
    }
}
