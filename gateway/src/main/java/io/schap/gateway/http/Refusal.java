package io.schap.gateway.http;

/** Carries a problem from where it is found to where it is answered. It has no stack trace: it is the client's fault. */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    /**
     * A refusal with a problem.
     *
     * @param problem the answer.
     */
    public Refusal(final Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    /**
     * What to answer.
     *
     * @return the problem.
     */
    public Problem problem() {
        return problem;
    }
}
