namespace LeNet5;

/// <summary>What the members of a committee are averaged by.</summary>
public enum CommitteeAverage
{
    /// <summary>The mean of their penalties: a class must be near for all of them.</summary>
    Penalties,

    /// <summary>The mean of their posteriors, that of "no character at all" too: members that are sure count for more.</summary>
    Posteriors,
}
