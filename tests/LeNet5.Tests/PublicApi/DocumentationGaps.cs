using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace LeNet5.Tests.PublicApi;

/// <summary>Finds what the documentation comments of an assembly leave unsaid.</summary>
/// <remarks>
/// Demanded are: a summary of everything that is public or protected; each parameter and type parameter; whether a class or structure is thread-safe; each exception that a member throws
/// by itself; and what a method returns, where its summary is a sentence about what it does (<c>Finds the best paths.</c>) and not the name of what it gives (<c>The parameters of one layer.</c>),
/// or what an acceptor accepts; one that makes an object of its own type need not say so.
/// <c>ArgumentNullException</c> is not demanded, since the types of the parameters tell where null may be given; nor is anything that the compiler makes or that is inherited from a documented member.
/// </remarks>
internal static class DocumentationGaps
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> In(Assembly assembly, DocumentationFile file)
    {
        foreach (Type type in assembly.GetExportedTypes())
        {
            XElement comment = file.CommentOn(type) ?? new XElement("none");
            foreach (string gap in Gaps(comment, type, ParametersOf(type)))
                yield return gap;
            if (!type.IsEnum && !comment.Value.Contains("thread-safe", StringComparison.OrdinalIgnoreCase))
                yield return $"{type.Name}: is it thread-safe?";
            foreach (MemberInfo member in type.GetMembers(Declared).Where(IsWritten))
            {
                foreach (string gap in Gaps(file.CommentOn(member), member, comment))
                    yield return gap;
            }
        }
    }

    private static IEnumerable<string> Gaps(XElement? comment, MemberInfo member, XElement ofType)
    {
        comment ??= new XElement("none");
        if (comment.Element("inheritdoc") is not null)
            return [];
        IEnumerable<MethodBase?> code = member is PropertyInfo property ? [property.SetMethod] : member is MethodBase { Name: not nameof(ToString) } method ? [method] : [];
        return
        [
            .. Gaps(comment, member, ParametersOf(member)),
            .. code.OfType<MethodBase>().SelectMany(ThrownExceptions.In).Distinct().Where(thrown => thrown != typeof(ArgumentNullException) && !Tells(comment, thrown) && !Tells(ofType, thrown))
                .Select(thrown => $"{Name(member)}: when does it throw {thrown.Name}?"),
        ];
    }

    private static IEnumerable<string> Gaps(XElement comment, MemberInfo member, IEnumerable<(string Element, string Name)> parameters)
    {
        string summary = comment.Element("summary")?.Value.Trim() ?? "";
        if (summary.Length == 0)
            yield return $"{Name(member)}: no summary";
        foreach ((string element, string name) in parameters)
        {
            if (!comment.Elements(element).Any(child => child.Attribute("name")?.Value == name && child.Value.Trim().Length + child.Elements().Count() > 0))
                yield return $"{Name(member)}: what is {name}?";
        }
        if (member is MethodInfo { Name: not nameof(ToString) } method && method.ReturnType != typeof(void) && method.ReturnType != member.DeclaringType && TellsWhatItDoes(summary) && comment.Element("returns") is null)
            yield return $"{Name(member)}: what does it return?";
    }

    /// <summary>Whether the first word is a verb: Reads, Finds, Makes.</summary>
    private static bool TellsWhatItDoes(string summary) => summary.Split(' ')[0] is [.., 's'] and not "Accepts";

    /// <summary>Whether a comment speaks of an exception or of one that it is derived from.</summary>
    private static bool Tells(XElement comment, Type thrown)
    {
        IEnumerable<string> told = comment.Descendants().Where(child => child.Name == "exception" || child.Name == "see").Select(child => child.Attribute("cref")?.Value ?? "");
        for (Type? type = thrown; type is not null && type != typeof(SystemException); type = type.BaseType)
        {
            if (told.Contains($"T:{type.FullName}"))
                return true;
        }
        return false;
    }

    private static IEnumerable<(string Element, string Name)> ParametersOf(MemberInfo member) => member switch
    {
        Type { IsGenericTypeDefinition: true } type => type.GetGenericArguments().Select(argument => ("typeparam", argument.Name)),
        MethodBase method => [.. method.GetParameters().Select(parameter => ("param", parameter.Name!)), .. method.IsGenericMethod ? method.GetGenericArguments().Select(argument => ("typeparam", argument.Name)) : []],
        PropertyInfo property => property.GetIndexParameters().Select(parameter => ("param", parameter.Name!)),
        _ => [],
    };

    /// <summary>Whether somebody outside sees the member, and somebody wrote it.</summary>
    private static bool IsWritten(MemberInfo member) => !member.IsDefined(typeof(CompilerGeneratedAttribute)) && member switch
    {
        ConstructorInfo constructor => IsVisible(constructor) && constructor.GetParameters().Length > 0,
        MethodInfo method => IsVisible(method) && !method.IsSpecialName,
        PropertyInfo property => property.Name != "EqualityContract" && property.GetAccessors(nonPublic: true).Any(IsVisible),
        FieldInfo field => !field.IsSpecialName && (field.IsPublic || field.IsFamily),
        _ => false,
    };

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Name(MemberInfo member) => member is Type ? member.Name : $"{member.DeclaringType!.Name}.{member.Name}";
}
