namespace LeNet5.Tests.Evaluation;

public class EvaluatorTests
{
    private static readonly LabeledImages Digits = Mnist.Test.Slice(0, 1000);

    [Test]
    public void Run_AnyNumberOfThreads_GivesThePenaltiesOfOnePassAfterAnother([Values(1, 2, 3, 8)] int threads)
    {
        Network network = SmallModel.Create();
        Workspace workspace = network.CreateWorkspace();
        EvaluationResult result = Evaluator.Run(network, Digits, threads);
        for (int i = 0; i < Digits.Count; i++)
        {
            workspace.LoadPixels(Digits.Pixels(i), 28, 28);
            network.Forward(workspace);
            float[] penalties = workspace.Output.Values.ToArray();
            Assert.That(result.PenaltiesOf(i).SequenceEqual(penalties));
            Assert.That(result.Answers[i], Is.EqualTo(Array.IndexOf(penalties, penalties.Min())));
            Assert.That(result.Labels[i], Is.EqualTo(Digits.Label(i)));
        }
    }

    [Test]
    public void Run_Digits_ListsTheErrorsAndTheirShare()
    {
        EvaluationResult result = Evaluator.Run(SmallModel.Create(), Digits);
        Assert.That(result.Count, Is.EqualTo(1000));
        Assert.That(result.Errors, Is.EqualTo(Enumerable.Range(0, 1000).Where(i => result.Answers[i] != Digits.Label(i))));
        Assert.That(result.Errors.Length, Is.InRange(1, 200), "else the model is not worth testing with");
        Assert.That(result.ErrorRate, Is.EqualTo(result.Errors.Length / 1000.0));
        Assert.That(result.ToString(), Does.StartWith($"{result.Errors.Length} errors in 1000 images"));
    }

    [Test]
    public void Run_DamagedNetwork_CountsImagesWithoutAnAnswerAsErrors()
    {
        Network network = SmallModel.Create();
        network.EditParameters().Fill(float.NaN);
        EvaluationResult result = Evaluator.Run(network, Digits);
        Assert.That(result.Answers, Is.All.EqualTo(-1));
        Assert.That(result.ErrorRate, Is.EqualTo(1));
        Assert.That(Enumerable.Range(0, 10).Sum(result.Confusion.CountOf), Is.EqualTo(1000));
    }

    [Test]
    public void Run_Progress_CountsUpToAll()
    {
        Counts progress = new();
        Evaluator.Run(SmallModel.Create(), Digits, threads: 3, progress);
        Assert.That(progress.All, Is.Ordered.And.Unique);
        Assert.That(progress.All[^1], Is.EqualTo(1000));
    }

    [Test]
    public void Run_Canceled_Throws() =>
        Assert.That(
            () => Evaluator.Run(SmallModel.Create(), Digits, cancellationToken: new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());

    [Test]
    public void Run_WhatDoesNotFit_IsRefused()
    {
        Network network = Network.LeNet5();
        Assert.That(() => Evaluator.Run(network, Digits, threads: 0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => Evaluator.Run(network, Digits.Slice(0, 0)), Throws.ArgumentException.With.Message.Contains("no images"));
        Assert.That(() => Evaluator.Run(network, new LabeledImages(33, 1, new byte[33], [0])), Throws.ArgumentException.With.Message.Contains("33x1"));
        Assert.That(() => Evaluator.Run(network, new LabeledImages(1, 1, [0], [10])), Throws.ArgumentException.With.Message.Contains("classes 0 to 9"));
        Network wide = new(new Shape(1, 32, 36), 1, network.Layers.AsSpan());
        Assert.That(() => Evaluator.Run(wide, Digits), Throws.ArgumentException.With.Message.Contains("10@1x2"));
    }

    private sealed class Counts : IProgress<int>
    {
        public List<int> All { get; } = [];

        public void Report(int value) => All.Add(value);
    }
}
