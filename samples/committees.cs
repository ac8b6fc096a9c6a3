#:project ../src/LeNet5/LeNet5.csproj
#:project ../src/LeNet5.Mnist/LeNet5.Mnist.csproj
#:property PublishAot=false

// How good a committee is does not depend on one lucky draw of its members: reads the test set with every committee of a size that given networks can form.
//   dotnet run -c Release samples/committees.cs 5 best-*.safetensors
using System.Globalization;
using LeNet5;

int size = int.Parse(args[0], CultureInfo.InvariantCulture);
EvaluationResult[] members = [.. args[1..].Select(file => Evaluator.Run(Network.Load(file), Mnist.Test))];
List<int> errors = [];
for (int chosen = 0; chosen < 1 << members.Length; chosen++)
{
    if (int.PopCount(chosen) == size)
        errors.Add(Average(members.Where((_, i) => (chosen >> i & 1) != 0)).Errors.Length);
}
Console.WriteLine($"{members.Length} networks: {string.Join(", ", members.Select(member => member.Errors.Length))} errors");
Console.WriteLine($"{errors.Count} committees of {size}: {errors.Average():0.0} errors in the mean, {errors.Min()} to {errors.Max()}");

static EvaluationResult Average(IEnumerable<EvaluationResult> committee)
{
    EvaluationResult[] members = [.. committee];
    int classCount = members[0].Confusion.ClassCount;
    float[] penalties = new float[Mnist.Test.Count * classCount];
    for (int i = 0; i < penalties.Length; i++)
        penalties[i] = members.Average(member => member.PenaltiesOf(i / classCount)[i % classCount]);
    return EvaluationResult.FromPenalties(Mnist.Test, penalties);
}
