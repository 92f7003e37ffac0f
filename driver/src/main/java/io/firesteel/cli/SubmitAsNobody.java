package io.firesteel.cli;

import java.io.IOException;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.spark.deploy.SparkSubmit;

/**
 * Spark's submit for a user id without a name, as containers have it: Hadoop is given one before it asks the system.
 */
public final class SubmitAsNobody {
    private SubmitAsNobody() {}

    public static void main(String[] arguments) {
        nameUser();
        SparkSubmit.main(arguments);
    }

    /** Does nothing where the system knows the user. */
    static void nameUser() {
        try {
            UserGroupInformation.getLoginUser();
        } catch (IOException e) {
            UserGroupInformation.setLoginUser(UserGroupInformation.createRemoteUser(System.getProperty("user.name")));
        }
    }
}
