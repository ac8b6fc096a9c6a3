namespace LeNet5.Tests.Evaluation;

/// <summary>Evaluations of penalties drawn at random, or given.</summary>
internal static class RandomEvaluation
{
    /// <summary>Penalties from 0 to 30 in steps; the right class is the nearer the better the reader.</summary>
    public static EvaluationResult Create(ulong seed, int count, int classCount = 10, float step = 0.001f, float skill = 15)
    {
        SeededRandom random = new(seed);
        byte[] labels = new byte[count];
        float[] penalties = new float[count * classCount];
        for (int i = 0; i < count; i++)
        {
            labels[i] = (byte)random.NextInt32(classCount);
            for (int k = 0; k < classCount; k++)
                penalties[(i * classCount) + k] = step * MathF.Round(random.NextSingle(0, k == labels[i] ? 30 - skill : 30) / step);
        }
        return Of(labels, penalties);
    }

    public static EvaluationResult Of(byte[] labels, params float[] penalties) =>
        EvaluationResult.FromPenalties(new LabeledImages(1, 1, new byte[labels.Length], labels), penalties);
}
