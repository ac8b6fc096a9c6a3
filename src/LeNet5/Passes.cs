namespace LeNet5;

/// <summary>What a <see cref="Workspace"/> has room for. Each value includes those before it.</summary>
public enum Passes
{
    /// <summary>Values only: reading and evaluating.</summary>
    Forward,

    /// <summary>Also the gradients: training.</summary>
    Backward,

    /// <summary>Also the second derivatives of appendix C: stochastic diagonal Levenberg-Marquardt.</summary>
    Curvature,
}
