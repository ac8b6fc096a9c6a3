namespace LeNet5.Storage;

/// <summary>The weights of a sparse layer as those of a complete convolution, which other programs have: [outputs, inputs, rows, columns], 0 where the table has no link.</summary>
internal static class CompleteKernels
{
    /// <summary>Spreads a kernel for each link.</summary>
    public static float[] FromLinks(SparseConv layer, ReadOnlySpan<float> links)
    {
        int area = layer.Kernel * layer.Kernel;
        float[] complete = new float[checked(layer.Outputs * layer.Inputs * area)];
        for (int output = 0; output < layer.Outputs; output++)
        {
            int link = layer.Table.FirstLinkOf(output);
            foreach (int input in layer.Table.InputsOf(output))
                links.Slice(link++ * area, area).CopyTo(complete.AsSpan(((output * layer.Inputs) + input) * area));
        }
        return complete;
    }

    /// <summary>Gathers them again from a file of this name.</summary>
    /// <exception cref="InvalidDataException">A kernel that the table has no link for is not 0.</exception>
    public static float[] ToLinks(SparseConv layer, ReadOnlySpan<float> complete, string name)
    {
        int area = layer.Kernel * layer.Kernel;
        float[] links = new float[layer.Table.LinkCount * area];
        for (int output = 0; output < layer.Outputs; output++)
        {
            int link = layer.Table.FirstLinkOf(output);
            for (int input = 0; input < layer.Inputs; input++)
            {
                ReadOnlySpan<float> kernel = complete.Slice(((output * layer.Inputs) + input) * area, area);
                if (layer.Table.InputsOf(output).Contains(input))
                    kernel.CopyTo(links.AsSpan(link++ * area));
                else if (kernel.ContainsAnyExcept(0f))
                    throw new InvalidDataException($"{name} has weights other than 0 from input map {input} of {layer} to its output map {output}, which its table does not link. Set them to 0, or give the network a table that links them.");
            }
        }
        return links;
    }
}
