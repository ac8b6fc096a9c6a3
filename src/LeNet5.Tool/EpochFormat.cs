using System.Text.Json;

namespace LeNet5.Tool;

/// <summary>An epoch of training as a row of a table and as JSON.</summary>
internal static class EpochFormat
{
    public const string Header = "epoch  learning rate    loss  training error  test error";

    public static string Row(EpochResult epoch)
    {
        string test = epoch.TestErrorRate is { } rate ? $"{100 * rate:0.00} %" : "-";
        return $"{epoch.Epoch,5}{epoch.LearningRate,15:0.########}{epoch.Loss,8:0.0000}{100 * epoch.TrainingErrorRate,14:0.00} %{test,12}";
    }

    public static void WriteMembers(Utf8JsonWriter json, EpochResult epoch)
    {
        json.WriteNumber("epoch", epoch.Epoch);
        json.WriteNumber("learning_rate", epoch.LearningRate);
        json.WriteNumber("loss", epoch.Loss);
        json.WriteNumber("training_error_rate", epoch.TrainingErrorRate);
        if (epoch.TestErrorRate is { } rate)
            json.WriteNumber("test_error_rate", rate);
        else
            json.WriteNull("test_error_rate");
    }
}
