using System.Runtime.CompilerServices;
using LeNet5.Kernels;

namespace LeNet5;

/// <summary>Euclidean radial basis functions: the squared distance between the input and the code of each class, a penalty of which the smallest wins.</summary>
/// <remarks>
/// <para>y[i, position] = sum over j of (x[j, position] - code[i, j])^2 (equation 7). The codes are fixed, so there are no trainable parameters; the
/// output is not squashed.</para>
/// <para>Immutable and therefore thread-safe. Section II-B of the paper.</para>
/// </remarks>
public sealed class RbfOutput : Layer
{
    /// <summary>Describes an output layer.</summary>
    /// <param name="name">The name in messages, tables and model files.</param>
    /// <param name="codes">One code a class.</param>
    public RbfOutput(string name, RbfCodes codes)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(codes);
        Codes = codes;
    }

    /// <summary>The codes, one a class.</summary>
    public RbfCodes Codes { get; }

    /// <inheritdoc/>
    public override bool HasCurvature => true;

    internal override bool TakesManyPictures => true;

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => input.Maps == Codes.Length
        ? input with { Maps = Codes.Count }
        : throw new ArgumentException($"{Name} has codes of {Codes.Length} values but is given {input}. Let the layer before it have {Codes.Length} outputs, or use codes of {input.Maps} values.", nameof(input));

    /// <inheritdoc/>
    public override long ConnectionCount(Shape input) => (long)OutputShape(input).Length * Codes.Length;

    /// <inheritdoc/>
    public override int ScratchLength(Shape input, Passes passes) => 2 * AlignedMemory.Spaced(Codes.Length);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(ReadOnlySpan<float> parameters, FeatureMaps input, FeatureMaps output, Span<float> scratch)
    {
        Check(parameters.Length, input, output);
        int positions = output.Row * output.Shape.Height;
        for (int i = 0; i < Codes.Count; i++)
        {
            if (positions == 1)
                output.Values[i] = Reduction.SquaredDistance(input.Values, Codes[i]);
            else
                Distances.Square(input.Values, positions, Codes[i], positions, output.Values.Slice(i * positions, positions));
        }
        if (!output.Sums.IsEmpty)
            output.Values.CopyTo(output.Sums);
    }

    /// <summary>dE/dx_j = sum over i of 2 (x_j - w_ij) dE/dy_i.</summary>
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward(ReadOnlySpan<float> parameters, FeatureMaps input, FeatureMaps output, Span<float> gradient, Span<float> scratch)
    {
        Check(parameters.Length, input, output);
        CheckDerivatives(output.Gradient, output, gradient);
        if (input.Gradient.IsEmpty)
            return;
        int positions = output.Shape.Plane;
        Span<float> column = scratch[..Codes.Length];
        Span<float> derivatives = scratch.Slice(AlignedMemory.Spaced(Codes.Length), Codes.Length);
        for (int position = 0; position < positions; position++)
        {
            Columns.Gather(input.Values, positions, position, column);
            derivatives.Clear();
            for (int i = 0; i < Codes.Count; i++)
                Columns.AddScaledDifference(column, Codes[i], 2 * output.Gradient[(i * positions) + position], derivatives);
            Columns.Scatter(derivatives, input.Gradient, positions, position);
        }
    }

    /// <summary>d2E/dx_j2 = sum over i of 4 (x_j - w_ij)^2 d2E/dy_i2 + 2 dE/dy_i. For equation 8 that is the constant 2.</summary>
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void BackwardCurvature(ReadOnlySpan<float> parameters, FeatureMaps input, FeatureMaps output, Span<float> curvature, Span<float> scratch)
    {
        Check(parameters.Length, input, output);
        CheckDerivatives(output.Curvature, output, curvature);
        if (input.Curvature.IsEmpty)
            return;
        int positions = output.Shape.Plane;
        for (int position = 0; position < positions; position++)
        {
            for (int j = 0; j < Codes.Length; j++)
            {
                float x = input.Values[(j * positions) + position];
                float sum = 0;
                for (int i = 0; i < Codes.Count; i++)
                {
                    float difference = x - Codes[i][j];
                    sum += (4 * difference * difference * output.Curvature[(i * positions) + position]) + (2 * output.Gradient[(i * positions) + position]);
                }
                input.Curvature[(j * positions) + position] = sum;
            }
        }
    }
}
