using System.Reflection;
using System.Reflection.Emit;

namespace LeNet5.Tests.PublicApi;

/// <summary>Finds in the instructions of a method which exceptions it throws by itself: those that it creates or has an <c>ArgumentException.ThrowIf</c> throw.</summary>
/// <remarks>What its own type's other methods that nobody outside can call throw on its behalf counts as well, and so does any check that is named one.</remarks>
internal static class ThrownExceptions
{
    private static readonly Dictionary<int, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => (int)(ushort)code.Value);

    public static HashSet<Type> In(MethodBase method)
    {
        HashSet<Type> thrown = [];
        Collect(method, thrown, []);
        return thrown;
    }

    private static void Collect(MethodBase method, HashSet<Type> thrown, HashSet<MethodBase> seen)
    {
        if (!seen.Add(method))
            return;
        foreach ((OpCode code, MethodBase called) in CallsIn(method))
        {
            Type type = called.DeclaringType!;
            bool isException = typeof(Exception).IsAssignableFrom(type);
            if (isException && (code == OpCodes.Newobj || called.Name.StartsWith("ThrowIf", StringComparison.Ordinal)))
                thrown.Add(type);
            else if (called.Module == method.Module && IsOnBehalf(called, method))
                Collect(called, thrown, seen);
        }
    }

    private static bool IsOnBehalf(MethodBase called, MethodBase caller) =>
        called.IsConstructor ? caller.IsConstructor && called.DeclaringType == caller.DeclaringType
        : called.DeclaringType == caller.DeclaringType ? called is { IsPublic: false, IsFamily: false }
        : called.Name.StartsWith("Check", StringComparison.Ordinal);

    private static IEnumerable<(OpCode Code, MethodBase Called)> CallsIn(MethodBase method)
    {
        byte[] body = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        Type[]? ofType = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        Type[]? ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (int i = 0; i < body.Length;)
        {
            const byte twoBytes = 0xfe;
            int value = body[i++];
            OpCode code = Codes[value == twoBytes ? (value << 8) | body[i++] : value];
            if (code.OperandType == OperandType.InlineMethod && method.Module.ResolveMethod(BitConverter.ToInt32(body, i), ofType, ofMethod) is { } called)
                yield return (code, called);
            i += LengthOfOperand(code.OperandType, body, i);
        }
    }

    private static int LengthOfOperand(OperandType type, byte[] body, int at) => type switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(body, at)),
        _ => 4,
    };
}
