namespace LeNet5.Tests.Training;

/// <summary>Outputs without a network, to try losses on.</summary>
internal static class Outputs
{
    /// <summary>A workspace whose output holds these penalties, with room for gradient and curvature.</summary>
    public static Workspace Of(params ReadOnlySpan<float> penalties) => OfColumns(1, penalties);

    /// <summary>The same for a row of columns, class by class.</summary>
    public static Workspace OfColumns(int columns, params ReadOnlySpan<float> penalties)
    {
        Shape shape = new(penalties.Length / columns, 1, columns);
        Workspace workspace = new Network(shape, 1, new FullyConnected("F", shape.Maps, shape.Maps)).CreateWorkspace(Passes.Curvature);
        penalties.CopyTo(workspace.Output.Values);
        workspace.Output.Gradient.Fill(float.NaN);
        workspace.Output.Curvature.Fill(float.NaN);
        return workspace;
    }
}
